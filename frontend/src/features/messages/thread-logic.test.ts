import { describe, expect, it } from 'vitest';
import type { BoxName, Message } from '../../api/types';
import { inPages, lastReceived, movable, repliedTo } from './thread-logic';

const message = (id: string, box: BoxName): Message => ({
  id,
  box,
  from: { id: 'a', kind: 'member', name: 'A' },
  to: [],
  cc: [],
  text: '',
  urgent: false,
  sent_at: '2026-11-22T03:05:00Z',
  unread: false,
  attachments: [],
  forwarded: [],
  withdrawn_at: null,
  reported: false,
});
const thread = [message('3', 'sent'), message('2', 'inbox'), message('1', 'archived')];

describe('a conversation, newest first', () => {
  it('replies to the newest received message', () => {
    expect(repliedTo(thread)?.id).toBe('2');
    expect(repliedTo(thread.slice(0, 1))?.id).toBe('3');
    expect(repliedTo([])).toBeNull();
    expect(lastReceived(thread.slice(0, 1))).toBeNull();
  });

  it('moves only what lies in the open box', () => {
    expect(movable(thread, 'inbox').map(({ id }) => id)).toEqual(['2']);
    expect(movable(thread, 'archived').map(({ id }) => id)).toEqual(['1']);
    expect(movable(thread, 'sent')).toEqual([]);
  });

  it('is filed in as many pieces as the portal takes', () => {
    expect(inPages([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]]);
    expect(inPages([], 2)).toEqual([]);
  });
});
