import { call } from '../../api/client';
import type { CasesPage, FoundPerson, NewCase, ResetCase } from './types';

type Signal = AbortSignal | undefined;

const CHANGE = { 'X-Portal-CSRF': '1' };

// Typed by hand until the API document has these operations.
const ask = call as unknown as <Answer>(
  method: string,
  path: string,
  input: object,
) => Promise<Answer>;

/** Somebody by exactly this address; nobody is found by a part of it. */
export const findPerson = (email: string) =>
  ask<{ items: FoundPerson[] }>('post', '/helpdesk/people', { header: CHANGE, body: { email } });

export const postCase = (body: NewCase, key: string) =>
  ask<ResetCase>('post', '/helpdesk/cases', {
    header: { ...CHANGE, 'Idempotency-Key': key },
    body,
  });

/** Which side of a case one is on: the helpdesk that opened it, or who says that it is ok. */
export type Side = 'helpdesk' | 'confirming';

export const getCases = (side: Side, cursor: string | null, signal?: Signal) =>
  ask<CasesPage>('get', side === 'helpdesk' ? '/helpdesk/cases' : '/reset-cases', {
    query: { cursor: cursor ?? undefined },
    signal,
  });

/** Null when it is none of one's own, or has ended: lists are all that who confirms is shown. */
export async function getCase(side: Side, case_id: string, signal?: Signal) {
  if (side === 'helpdesk') {
    return ask<ResetCase>('get', '/helpdesk/cases/{case_id}', { path: { case_id }, signal });
  }
  let cursor: string | null = null;
  do {
    const page: CasesPage = await getCases(side, cursor, signal);
    const found = page.items.find(({ id }) => id === case_id);
    if (found) return found;
    cursor = page.next_cursor ?? null;
  } while (cursor);
  return null;
}

export const withdrawCase = (case_id: string) =>
  ask<ResetCase>('post', '/helpdesk/cases/{case_id}/withdraw', {
    path: { case_id },
    header: CHANGE,
  });

export const confirmCase = (case_id: string, called_phone_on_record: boolean) =>
  ask<ResetCase>('post', '/reset-cases/{case_id}/confirm', {
    path: { case_id },
    header: CHANGE,
    body: { called_phone_on_record },
  });

export const declineCase = (case_id: string) =>
  ask<ResetCase>('post', '/reset-cases/{case_id}/decline', { path: { case_id }, header: CHANGE });
