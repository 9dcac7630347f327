import type { BoxName } from '../../api/types';

export const BOXES: readonly BoxName[] = ['inbox', 'sent', 'archived'];

export function boxOf(name: string | undefined): BoxName | null {
  return BOXES.find((box) => box === name) ?? null;
}

const id = encodeURIComponent;

export const boxPath = (mailbox: string, box: BoxName) => `/messages/${id(mailbox)}/${box}`;
export const composePath = (mailbox: string) => `/messages/${id(mailbox)}/new`;
export const threadPath = (mailbox: string, box: BoxName, thread: string) =>
  `${boxPath(mailbox, box)}/${id(thread)}`;
export const conversationsPath = (mailbox: string) => `/messages/${id(mailbox)}/conversations`;
export const draftsPath = (mailbox: string) => `/messages/${id(mailbox)}/drafts`;
/** A new message that was kept, so that a reload finds it again. */
export const draftPath = (mailbox: string, draft: string) => `${composePath(mailbox)}/${id(draft)}`;
/** To many practices at once, or how far one is. */
export const broadcastPath = (mailbox: string, work?: string) =>
  `/messages/${id(mailbox)}/broadcast${work === undefined ? '' : `/${id(work)}`}`;
