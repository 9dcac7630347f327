import type { Reading } from './session-clock';

/** What one tab tells the others: all share the cookie, so they share the countdown and the end too (CRD-8). */
export type TabNews =
  | { type: 'reading'; reading: Reading; background: boolean }
  | { type: 'ended' | 'displaced' | 'signed_out' }
  | { type: 'signed_in' | 'switched' };

const channel =
  typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('portico.session');

export const tellTabs = (news: TabNews) => channel?.postMessage(news);

export function hearTabs(heard: (news: TabNews) => void) {
  channel?.addEventListener('message', (event: MessageEvent<TabNews>) => heard(event.data));
}
