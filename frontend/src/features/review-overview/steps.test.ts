import { describe, expect, it } from 'vitest';
import { stepOf } from './calls';
import { isChanged, maySettle, stepsOf } from './steps';
import type { AdministratorReview } from './types';

const first = (own: boolean): AdministratorReview['confirmed_by'] => ({
  name: 'Enzo Fictional',
  at: '2026-11-01T12:00:00Z',
  ends_at: '2026-11-04T12:00:00Z',
  decision: 'keep',
  reason: '',
  own,
});

describe('two of enrollment (REV-2, ORG-4)', () => {
  it('the first decides; who acts as the only administrator is not removed', () => {
    const active = { card: { status: 'active' }, confirmed_by: null, own: false } as const;
    expect(stepsOf(active)).toEqual(['keep']);
    expect(stepsOf({ ...active, card: { status: 'inactive' } })).toEqual(['keep', 'remove']);
  });

  it('the second confirms, the first only withdraws', () => {
    const card = { status: 'suspended' } as const;
    expect(stepsOf({ card, confirmed_by: first(false), own: false })).toEqual([
      'confirm',
      'withdraw',
    ]);
    expect(stepsOf({ card, confirmed_by: first(true), own: false })).toEqual(['withdraw']);
  });

  it('is for nobody of the practice itself', () => {
    expect(
      stepsOf({ card: { status: 'inactive' }, confirmed_by: first(false), own: true }),
    ).toEqual([]);
  });
});

describe('a step of two', () => {
  it('names the first decision that is shown, or that there is none', () => {
    const item = { need: 'review', confirmed_by: null } as AdministratorReview;
    expect(stepOf(item)).toEqual({ need: 'review', first_at: null });
    expect(stepOf({ ...item, confirmed_by: first(false) })).toEqual({
      need: 'review',
      first_at: '2026-11-01T12:00:00Z',
    });
  });

  it('shows the item anew only where it is no longer so', () => {
    expect(isChanged({ status: 409, code: 'changed_meanwhile' })).toBe(true);
    expect(isChanged({ status: 412, code: 'stale' })).toBe(true);
    expect(isChanged({ status: 409, code: 'decided_otherwise' })).toBe(false);
  });
});

describe('a review that was too fast (S-AZ-09)', () => {
  it('is settled once, by nobody of that practice', () => {
    expect(maySettle({ own: false, settled: null })).toBe(true);
    expect(maySettle({ own: true, settled: null })).toBe(false);
    const settled = { name: 'Enzo Fictional', at: '2026-11-01T12:00:00Z', finding: 'Careful' };
    expect(maySettle({ own: false, settled })).toBe(false);
  });
});
