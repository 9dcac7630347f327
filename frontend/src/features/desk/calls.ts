import { call } from '../../api/client';
import type { Move, Which } from './types';

type Signal = AbortSignal | undefined;

const CHANGE = { 'X-Portal-CSRF': '1' };
/** Looking again and again must not extend the session (CRD-8). */
const BACKGROUND = { 'X-Portal-Background': '1' };

const at = (mailbox_id: string, thread_id: string) => ({ path: { mailbox_id, thread_id } });

export const getConversations = (
  mailbox_id: string,
  state: Which,
  mine: boolean,
  cursor: string | null,
  signal?: Signal,
) =>
  call('get', '/mailboxes/{mailbox_id}/conversations', {
    path: { mailbox_id },
    query: { state, mine: mine || undefined, cursor: cursor ?? undefined },
    signal,
  });

export const getDesk = (mailbox: string, thread: string, signal?: Signal) =>
  call('get', '/mailboxes/{mailbox_id}/conversations/{thread_id}', {
    ...at(mailbox, thread),
    header: BACKGROUND,
    signal,
  });

export const postMove = (
  mailbox: string,
  thread: string,
  version: number,
  move: Move,
  to: string | null,
) =>
  call('post', '/mailboxes/{mailbox_id}/conversations/{thread_id}/moves', {
    ...at(mailbox, thread),
    header: { ...CHANGE, 'If-Match': `"${version}"` },
    body: { move, to },
  });

export const getNotes = (mailbox: string, thread: string, cursor: string, signal?: Signal) =>
  call('get', '/mailboxes/{mailbox_id}/conversations/{thread_id}/notes', {
    ...at(mailbox, thread),
    query: { cursor },
    signal,
  });

export const postNote = (mailbox: string, thread: string, text: string, key: string) =>
  call('post', '/mailboxes/{mailbox_id}/conversations/{thread_id}/notes', {
    ...at(mailbox, thread),
    header: { ...CHANGE, 'Idempotency-Key': key },
    body: { text },
  });

export const putAnswering = (mailbox: string, thread: string) =>
  call('put', '/mailboxes/{mailbox_id}/conversations/{thread_id}/answering', {
    ...at(mailbox, thread),
    header: { ...CHANGE, ...BACKGROUND },
  });

export const deleteAnswering = (mailbox: string, thread: string) =>
  call('delete', '/mailboxes/{mailbox_id}/conversations/{thread_id}/answering', {
    ...at(mailbox, thread),
    header: { ...CHANGE, ...BACKGROUND },
  });

export const getAgents = (mailbox_id: string, cursor: string | null, signal?: Signal) =>
  call('get', '/mailboxes/{mailbox_id}/agents', {
    path: { mailbox_id },
    query: { cursor: cursor ?? undefined },
    signal,
  });
