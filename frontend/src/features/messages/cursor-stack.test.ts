import { describe, expect, it } from 'vitest';
import { back, currentCursor, FIRST_PAGE, forward, pageNumber, stackOf } from './cursor-stack';

describe('pages by cursor', () => {
  it('goes forward and back over the same cursors', () => {
    const second = forward(FIRST_PAGE, 'a');
    const third = forward(second, 'b');
    expect(currentCursor(FIRST_PAGE)).toBeNull();
    expect([pageNumber(third), currentCursor(third)]).toEqual([3, 'b']);
    expect(currentCursor(back(third))).toBe('a');
    expect(currentCursor(back(back(third)))).toBeNull();
  });

  it('survives in a history entry', () => {
    expect(stackOf({ stack: ['a', 'b'] })).toEqual(['a', 'b']);
    for (const other of [null, undefined, 'x', {}, { stack: 'a' }, { stack: [1] }]) {
      expect(stackOf(other)).toEqual(FIRST_PAGE);
    }
  });

  it('stays at both ends', () => {
    expect(back(FIRST_PAGE)).toEqual(FIRST_PAGE);
    expect(forward(['a'], null)).toEqual(['a']);
  });
});
