import { describe, expect, it } from 'vitest';
import { stepsOf } from './steps';
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
