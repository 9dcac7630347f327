import { call } from './client';
import type * as T from './types';

type Signal = AbortSignal | undefined;

// Headers of the API document; the compiler knows which calls need them.
/** For everything that changes something: shows that our own page asks. */
const CHANGE = { 'X-Portal-CSRF': '1' };
/** Background polling must not extend the session (CRD-8). */
const BACKGROUND = { 'X-Portal-Background': '1' };
/** The same key while the same content is retried, so that nothing is created twice (MSG-7). */
const create = (key: string) => ({ ...CHANGE, 'Idempotency-Key': key });

export const getPlan = (signal?: Signal) => call('get', '/plan', { signal });

export const createSession = (email: string, password: string) =>
  call('post', '/session', { header: CHANGE, body: { email, password } });
export const getSession = (background = false) =>
  call('get', '/session', { header: background ? BACKGROUND : {} });
export const deleteSession = () => call('delete', '/session', { header: CHANGE });

export const getMemberships = (signal?: Signal) =>
  call('get', '/memberships', { header: BACKGROUND, signal });
export const putSessionMembership = (membership_id: string) =>
  call('put', '/session/membership', { header: CHANGE, body: { membership_id } });

export const getAttention = (signal?: Signal) =>
  call('get', '/attention', { header: BACKGROUND, signal });

export const getMailboxes = (signal?: Signal) =>
  call('get', '/mailboxes', { header: BACKGROUND, signal });

/** Which rows of a box, in which order. What a person searches for goes to the portal only. */
export interface BoxQuery {
  sort?: T.BoxSort;
  order?: 'asc' | 'desc';
  search?: string;
  cursor?: string | undefined;
}

export const getBox = (
  mailbox_id: string,
  box: T.BoxName,
  query: BoxQuery,
  { background = false, signal }: { background?: boolean; signal?: Signal } = {},
) =>
  call('get', '/mailboxes/{mailbox_id}/{box}', {
    path: { mailbox_id, box },
    query: { ...query },
    header: background ? BACKGROUND : {},
    signal,
  });

export const getThread = (
  mailbox_id: string,
  thread_id: string,
  cursor: string | null,
  signal?: Signal,
) =>
  call('get', '/mailboxes/{mailbox_id}/threads/{thread_id}', {
    path: { mailbox_id, thread_id },
    query: { cursor: cursor ?? undefined },
    signal,
  });

export const putRead = (mailbox_id: string, message_id: string, read: boolean) =>
  call('put', '/mailboxes/{mailbox_id}/messages/{message_id}/read', {
    path: { mailbox_id, message_id },
    header: CHANGE,
    body: { read },
  });

export const putBox = (mailbox_id: string, message_id: string, box: T.MovedTo) =>
  call('put', '/mailboxes/{mailbox_id}/messages/{message_id}/box', {
    path: { mailbox_id, message_id },
    header: CHANGE,
    body: { box },
  });

export const getRecipients = (
  mailbox_id: string,
  kind: T.RecipientKind,
  search: string,
  cursor: string | null,
  signal?: Signal,
  organization_id?: string,
) =>
  call('get', '/recipients', {
    query: { mailbox_id, kind, organization_id, search, cursor: cursor ?? undefined },
    signal,
  });

export const postMessage = (mailbox_id: string, body: T.NewMessage, key: string) =>
  call('post', '/mailboxes/{mailbox_id}/messages', {
    path: { mailbox_id },
    header: create(key),
    body,
  });

export const postReply = (mailbox_id: string, thread_id: string, body: T.NewReply, key: string) =>
  call('post', '/mailboxes/{mailbox_id}/threads/{thread_id}/replies', {
    path: { mailbox_id, thread_id },
    header: create(key),
    body,
  });

export const postUpload = (body: T.NewUpload, key: string) =>
  call('post', '/uploads', { header: create(key), body });
export const finalizeUpload = (upload_id: string) =>
  call('post', '/uploads/{upload_id}/finalize', { path: { upload_id }, header: CHANGE });
export const getUpload = (upload_id: string) =>
  call('get', '/uploads/{upload_id}', { path: { upload_id }, header: BACKGROUND });

export const getDownload = (
  mailbox_id: string,
  thread_id: string,
  message_id: string,
  attachment_id: string,
) =>
  call(
    'get',
    '/mailboxes/{mailbox_id}/threads/{thread_id}/messages/{message_id}/attachments/{attachment_id}',
    { path: { mailbox_id, thread_id, message_id, attachment_id } },
  );
