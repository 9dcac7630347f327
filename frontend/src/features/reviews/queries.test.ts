import { describe, expect, it } from 'vitest';
import { meanwhileOf } from './queries';
import type { Card, Evidence } from './types';

const shown = { id: 'mem_1', verified_at: '2026-08-01T12:00:00Z', created_at: null };
const card = (verified_at: string) => ({ ...shown, verified_at }) as Card;
const decision = (id: string, at: string) => ({ at, member: { id } }) as Evidence;

describe('a card that is no longer as it was shown', () => {
  it('was decided where there is a decision since', () => {
    const made = decision('mem_1', '2026-11-01T12:00:00Z');
    const others = decision('mem_2', '2026-11-02T12:00:00Z');
    const now = card(made.at);
    expect(meanwhileOf(shown, now, [others, made])).toEqual({
      card: now,
      decided: true,
      evidence: made,
    });
    expect(meanwhileOf(shown, null, [made]).decided).toBe(true);
  });

  it('was decided where it is verified since, though the decision is further back', () => {
    const now = card('2026-11-01T12:00:00Z');
    expect(meanwhileOf(shown, now, [])).toEqual({ card: now, decided: true, evidence: null });
  });

  it('was only changed where the last decision is the one before it', () => {
    const now = card(shown.verified_at);
    const before = decision('mem_1', shown.verified_at);
    expect(meanwhileOf(shown, now, [before])).toEqual({
      card: now,
      decided: false,
      evidence: null,
    });
  });
});
