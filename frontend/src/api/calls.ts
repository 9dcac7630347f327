import { call } from './client';
import type * as T from './types';

type Signal = AbortSignal | undefined;
const id = encodeURIComponent;

function query(values: Record<string, string | null | undefined>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) if (value) search.set(name, value);
  const text = search.toString();
  return text ? `?${text}` : '';
}

export const getPlan = (signal?: Signal) => call<T.Plan>('GET', '/plan', { signal });

export const createSession = (email: string, password: string) =>
  call<T.Session>('POST', '/session', { body: { email, password } });
export const getSession = (background = false) =>
  call<T.Session>('GET', '/session', { background });
export const deleteSession = () => call<undefined>('DELETE', '/session');

export const getMailboxes = (signal?: Signal) =>
  call<{ items: T.Mailbox[] }>('GET', '/mailboxes', { background: true, signal });

export const getBox = (
  mailbox: string,
  box: T.BoxName,
  cursor: string | null,
  options: { background?: boolean; signal?: Signal } = {},
) => call<T.Page<T.BoxRow>>('GET', `/mailboxes/${id(mailbox)}/${box}${query({ cursor })}`, options);

export const getThread = (
  mailbox: string,
  thread: string,
  cursor: string | null,
  signal?: Signal,
) =>
  call<T.Thread>('GET', `/mailboxes/${id(mailbox)}/threads/${id(thread)}${query({ cursor })}`, {
    signal,
  });

export const putRead = (mailbox: string, message: string, read: boolean) =>
  call<{ message_id: string; unread: boolean }>(
    'PUT',
    `/mailboxes/${id(mailbox)}/messages/${id(message)}/read`,
    { body: { read } },
  );

export const putBox = (mailbox: string, message: string, box: 'archived' | 'inbox') =>
  call<{ message_id: string; box: T.BoxName }>(
    'PUT',
    `/mailboxes/${id(mailbox)}/messages/${id(message)}/box`,
    { body: { box } },
  );

export const getRecipients = (
  mailbox: string,
  kind: T.RecipientKind,
  search: string,
  cursor: string | null,
  signal?: Signal,
) =>
  call<T.RecipientPage>(
    'GET',
    `/recipients${query({ mailbox_id: mailbox, kind, search, cursor })}`,
    { signal },
  );

export const postMessage = (mailbox: string, body: T.NewMessage, idempotencyKey: string) =>
  call<T.SentMessage>('POST', `/mailboxes/${id(mailbox)}/messages`, { body, idempotencyKey });

export const postReply = (
  mailbox: string,
  thread: string,
  body: T.NewReply,
  idempotencyKey: string,
) =>
  call<T.SentMessage>('POST', `/mailboxes/${id(mailbox)}/threads/${id(thread)}/replies`, {
    body,
    idempotencyKey,
  });

export const postUpload = (body: T.NewUpload, idempotencyKey: string) =>
  call<T.UploadForm>('POST', '/uploads', { body, idempotencyKey });
export const finalizeUpload = (upload: string) =>
  call<T.Upload>('POST', `/uploads/${id(upload)}/finalize`, { body: {} });
export const getUpload = (upload: string) =>
  call<T.Upload>('GET', `/uploads/${id(upload)}`, { background: true });

export const getDownload = (mailbox: string, thread: string, message: string, attachment: string) =>
  call<T.DownloadLink>(
    'GET',
    `/mailboxes/${id(mailbox)}/threads/${id(thread)}/messages/${id(message)}/attachments/${id(attachment)}`,
  );
