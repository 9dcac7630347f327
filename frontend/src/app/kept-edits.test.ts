import { beforeEach, describe, expect, it } from 'vitest';
import { keptEdits } from './kept-edits';

describe('unsaved edits (CRD-8)', () => {
  beforeEach(() => keptEdits.clear());

  it('are kept under their key until they are dropped', () => {
    expect(keptEdits.any()).toBe(false);
    keptEdits.put('a', { comment: 'x' });
    expect(keptEdits.get('a')).toEqual({ comment: 'x' });
    expect(keptEdits.get('b')).toBeUndefined();
    expect(keptEdits.any()).toBe(true);
    keptEdits.drop('a');
    expect(keptEdits.any()).toBe(false);
  });

  it('tell those who follow only of what changed', () => {
    let told = 0;
    const stop = keptEdits.subscribe(() => (told += 1));
    keptEdits.drop('nothing there');
    expect(told).toBe(0);
    keptEdits.put('a', {});
    expect(told).toBe(1);
    stop();
  });
});
