import { call } from '../../api/client';
import type { components } from '../../api/schema';
import type { MovedTo } from '../../api/types';

export type Receipt = components['schemas']['Receipt'];
export type NewForward = components['schemas']['ForwardBody'];

const CHANGE = { 'X-Portal-CSRF': '1' };

/** What becomes of received messages; what is left out stays. */
export interface Filing {
  read?: boolean;
  box?: MovedTo;
}

/** All of them or none; at most a page (MSG-3). */
export const patchMessages = (mailbox_id: string, message_ids: string[], filing: Filing) =>
  call('patch', '/mailboxes/{mailbox_id}/messages', {
    path: { mailbox_id },
    header: CHANGE,
    body: { message_ids, ...filing },
  });

/** Leaves the record that a conversation is printed (MSG-10). */
export const postPrint = (mailbox_id: string, thread_id: string) =>
  call('post', '/mailboxes/{mailbox_id}/threads/{thread_id}/prints', {
    path: { mailbox_id, thread_id },
    header: CHANGE,
  });

/** Tells the plan that a message came here in error (MSG-5). */
export const postMisdirected = (mailbox_id: string, message_id: string, thread_id: string) =>
  call('post', '/mailboxes/{mailbox_id}/messages/{message_id}/misdirected', {
    path: { mailbox_id, message_id },
    header: CHANGE,
    body: { thread_id },
  });

/** A new conversation with what a message says and its files (MSG-5). */
export const postForward = (
  mailbox_id: string,
  thread_id: string,
  message_id: string,
  body: NewForward,
  key: string,
) =>
  call('post', '/mailboxes/{mailbox_id}/threads/{thread_id}/messages/{message_id}/forward', {
    path: { mailbox_id, thread_id, message_id },
    header: { ...CHANGE, 'Idempotency-Key': key },
    body,
  });

/** What became of one's own message at each recipient (MSG-7). */
export const getReceipts = (
  mailbox_id: string,
  message_id: string,
  cursor: string | null,
  signal?: AbortSignal,
) =>
  call('get', '/mailboxes/{mailbox_id}/messages/{message_id}/receipts', {
    path: { mailbox_id, message_id },
    query: { cursor: cursor ?? undefined },
    signal,
  });

export type Recalled = components['schemas']['Recalled'];

/** Withdraws one's own message from all who have not read it (MSG-9). */
export const postRecall = (
  mailbox_id: string,
  message_id: string,
  thread_id: string,
  key: string,
) =>
  call('post', '/mailboxes/{mailbox_id}/messages/{message_id}/recall', {
    path: { mailbox_id, message_id },
    header: { ...CHANGE, 'Idempotency-Key': key },
    body: { thread_id },
  });
