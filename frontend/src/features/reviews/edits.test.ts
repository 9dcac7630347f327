import { beforeEach, describe, expect, it } from 'vitest';
import { keptEdits } from '../../app/kept-edits';
import { EDITS, keepEdit, withEdit } from './edits';
import { mayMoveOn, nextOpen } from './order';
import { printedPart } from './printed-part';

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

describe('an answer that comes late', () => {
  beforeEach(() => keptEdits.clear());

  it('takes away what was typed on its own card only', () => {
    keepEdit(card, { reason: 'Sent' });
    keepEdit({ ...card, id: 'mem_2' }, { reason: 'Typed meanwhile' });
    keepEdit(card, {});
    expect(keptEdits.get(EDITS)).toEqual({ mem_2: { reason: 'Typed meanwhile' } });
    keepEdit({ ...card, id: 'mem_2' }, {});
    expect(keptEdits.any()).toBe(false);
  });

  it('takes the focus only from that card, or from nowhere', () => {
    const body = {} as Node;
    const within = {} as Node;
    const elsewhere = {} as Node;
    const sent = { contains: (node: Node | null) => node === within };
    expect(mayMoveOn(sent, within, body)).toBe(true);
    expect(mayMoveOn(sent, body, body)).toBe(true);
    expect(mayMoveOn(null, null, body)).toBe(true);
    expect(mayMoveOn(sent, elsewhere, body)).toBe(false);
  });
});

describe('a printed list of decisions (REV-5)', () => {
  it('says when it is only a part', () => {
    expect(printedPart(1, null)).toBeNull();
    expect(printedPart(1, 'next')).toBe('reviews.printed.more');
    expect(printedPart(2, 'next')).toBe('reviews.printed.more');
    expect(printedPart(2, null)).toBe('reviews.printed.last');
  });
});
