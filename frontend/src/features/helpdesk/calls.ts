import { call } from '../../api/client';
import type { NewCase, ResetCase } from './types';

type Signal = AbortSignal | undefined;

const CHANGE = { 'X-Portal-CSRF': '1' };

/** Somebody by exactly this address; nobody is found by a part of it. */
export const findPerson = (email: string) =>
  call('post', '/helpdesk/people', { header: CHANGE, body: { email } });

export const postCase = (body: NewCase, key: string) =>
  call('post', '/helpdesk/cases', { header: { ...CHANGE, 'Idempotency-Key': key }, body });

/** Which side of a case one is on: the helpdesk that opened it, or who says that it is ok. */
export type Side = 'helpdesk' | 'confirming';

export const getCases = (side: Side, cursor: string | null, signal?: Signal) =>
  call('get', side === 'helpdesk' ? '/helpdesk/cases' : '/reset-cases', {
    query: { cursor: cursor ?? undefined },
    signal,
  });

/** Null when it does not wait for whoever asks: lists are all that those who confirm are shown. */
async function getWaiting(case_id: string, signal: Signal): Promise<ResetCase | null> {
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof getCases>> = await getCases('confirming', cursor, signal);
    const found = page.items.find(({ id }) => id === case_id);
    if (found) return found;
    cursor = page.next_cursor ?? null;
  } while (cursor);
  return null;
}

export const getCase = (side: Side, case_id: string, signal?: Signal): Promise<ResetCase | null> =>
  side === 'helpdesk'
    ? call('get', '/helpdesk/cases/{case_id}', { path: { case_id }, signal })
    : getWaiting(case_id, signal);

export const withdrawCase = (case_id: string) =>
  call('post', '/helpdesk/cases/{case_id}/withdraw', { path: { case_id }, header: CHANGE });

export const confirmCase = (case_id: string, called_phone_on_record: boolean) =>
  call('post', '/reset-cases/{case_id}/confirm', {
    path: { case_id },
    header: CHANGE,
    body: { called_phone_on_record },
  });

export const declineCase = (case_id: string) =>
  call('post', '/reset-cases/{case_id}/decline', { path: { case_id }, header: CHANGE });
