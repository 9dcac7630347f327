import type { BoxName, Message } from '../../api/types';

/** What somebody can write to a message (MSG-5). */
export type Answer = 'reply' | 'reply_all' | 'forward';

/** A reply answers the newest message that was received; with none received, the newest own one. */
export function repliedTo(messages: readonly Message[]): Message | null {
  return messages.find(({ box }) => box !== 'sent') ?? messages[0] ?? null;
}

/** Those that Archive (from the inbox) or Move to inbox (from the archive) is about. */
export function movable(messages: readonly Message[], box: BoxName): Message[] {
  return box === 'sent' ? [] : messages.filter((message) => message.box === box);
}

/** Mark unread is about the newest received message. */
export function lastReceived(messages: readonly Message[]): Message | null {
  return messages.find(({ box }) => box !== 'sent') ?? null;
}

/** Pieces of a page of the API each, for what is done to several at once. */
export function inPages<Item>(items: readonly Item[], size: number): Item[][] {
  const pages: Item[][] = [];
  for (let from = 0; from < items.length; from += size) pages.push(items.slice(from, from + size));
  return pages;
}
