import { describe, expect, it } from 'vitest';
import type { AttentionItem } from '../../api/types';
import { aboutUsers, KINDS } from './kinds';

const item = (kind: AttentionItem['kind'], count: number, more = false): AttentionItem => ({
  kind,
  count,
  more,
  place: null,
  first: [],
});

describe('NOT-5: what needs attention', () => {
  it('counts what is about users beside User Management, and nothing else', () => {
    const items = [item('reset_case', 3), item('access_request', 2), item('no_backup', 1)];
    expect(aboutUsers([...items, item('draft', 5, true)])).toEqual({ count: 3, more: false });
    expect(aboutUsers(undefined)).toEqual({ count: 0, more: false });
  });

  it('says that there may be more', () => {
    const items = [item('verification_pending', 100, true), item('access_request', 2)];
    expect(aboutUsers(items)).toEqual({ count: 102, more: true });
  });

  it('leads to the mailbox and to the one that waits', () => {
    expect(KINDS.waiting_conversations.list('dep_1')).toBe('/messages/dep_1/conversations');
    expect(KINDS.waiting_conversations.one?.('thr_1', 'dep_1')).toBe('/messages/dep_1/inbox/thr_1');
    expect(KINDS.draft.one?.('drf_1', 'mem_1')).toBe('/messages/mem_1/new/drf_1');
    expect(KINDS.reset_case.one?.('rca_1', '')).toBe('/reset-cases/rca_1');
  });
});
