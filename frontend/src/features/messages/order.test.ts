import { describe, expect, it } from 'vitest';
import { NEWEST_FIRST, isNewestFirst, orderName, orderOf, sortedBy, SORTS } from './order';

describe('the order of a box (MSG-3)', () => {
  it('starts with what matters most and turns round at the second press', () => {
    expect(sortedBy(NEWEST_FIRST, 'subject')).toEqual({ sort: 'subject', descending: false });
    expect(sortedBy(NEWEST_FIRST, 'importance')).toEqual({ sort: 'importance', descending: true });
    const oldest = sortedBy(NEWEST_FIRST, 'received');
    expect(oldest).toEqual({ sort: 'received', descending: false });
    expect(isNewestFirst(sortedBy(oldest, 'received'))).toBe(true);
  });

  it('survives in a history entry, which may hold anything', () => {
    for (const sort of SORTS) {
      for (const descending of [true, false]) {
        expect(orderOf(orderName({ sort, descending }))).toEqual({ sort, descending });
      }
    }
    for (const other of [null, undefined, 7, '', 'colour asc']) {
      expect(orderOf(other)).toEqual(NEWEST_FIRST);
    }
  });
});
