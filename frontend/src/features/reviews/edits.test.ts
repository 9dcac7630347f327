import { describe, expect, it } from 'vitest';
import { withEdit } from './edits';
import { nextOpen } from './order';

const card = {
  id: 'mem_1',
  role: 'general_user' as const,
  access_levels: ['claims' as const],
  providers: [],
};

describe('what was typed on the cards of a review', () => {
  it('is kept by account, and goes when nothing is left of it', () => {
    const edits = withEdit({ mem_2: { reason: 'On leave' } }, card, {
      change: { levels: { claims: false } },
    });
    expect(edits).toEqual({
      mem_2: { reason: 'On leave' },
      mem_1: { change: { levels: { claims: false } } },
    });
    expect(
      withEdit(edits ?? {}, card, { change: { levels: { claims: true } }, reason: '' }),
    ).toEqual({ mem_2: { reason: 'On leave' } });
    expect(withEdit({ mem_1: { reason: 'x' } }, card, {})).toBeNull();
  });
});

describe('the card that comes after a decision', () => {
  const cards = ['a', 'b', 'c', 'd'].map((id) => ({
    id,
    own: id === 'c',
    reviewed_by_plan: false,
  }));

  it('is the next that can be decided, then one that was passed over', () => {
    expect(nextOpen(cards, new Set(['a']), 'a')?.id).toBe('b');
    expect(nextOpen(cards, new Set(['b']), 'b')?.id).toBe('d');
    expect(nextOpen(cards, new Set(['b', 'd']), 'd')?.id).toBe('a');
  });

  it('is none when only those are left that others review', () => {
    expect(nextOpen(cards, new Set(['a', 'b', 'd']), 'd')).toBeUndefined();
  });
});
