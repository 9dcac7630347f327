import { call } from '../../api/client';
import type { components } from '../../api/schema';

type Schemas = components['schemas'];
export type DraftBody = Schemas['DraftBody'];
export type DraftView = Schemas['DraftView'];
export type DraftRow = Schemas['DraftRowView'];

type Signal = AbortSignal | undefined;

const CHANGE = { 'X-Portal-CSRF': '1' };

export const getDrafts = (mailbox_id: string, cursor: string | null, signal?: Signal) =>
  call('get', '/mailboxes/{mailbox_id}/drafts', {
    path: { mailbox_id },
    query: { cursor: cursor ?? undefined },
    signal,
  });

export const getDraft = (mailbox_id: string, draft_id: string, signal?: Signal) =>
  call('get', '/mailboxes/{mailbox_id}/drafts/{draft_id}', {
    path: { mailbox_id, draft_id },
    signal,
  });

/** The same key while the same content is retried, so that nothing is kept twice (PLT-3). */
export const postDraft = (mailbox_id: string, body: DraftBody, key: string) =>
  call('post', '/mailboxes/{mailbox_id}/drafts', {
    path: { mailbox_id },
    header: { ...CHANGE, 'Idempotency-Key': key },
    body,
  });

/** Names what was seen last, so that another window's writing is not lost unseen (PLT-3). */
export const putDraft = (mailbox_id: string, draft_id: string, version: number, body: DraftBody) =>
  call('put', '/mailboxes/{mailbox_id}/drafts/{draft_id}', {
    path: { mailbox_id, draft_id },
    header: { ...CHANGE, 'If-Match': `"${version}"` },
    body,
  });

export const deleteDraft = (mailbox_id: string, draft_id: string) =>
  call('delete', '/mailboxes/{mailbox_id}/drafts/{draft_id}', {
    path: { mailbox_id, draft_id },
    header: CHANGE,
  });
