import { describe, expect, it } from 'vitest';
import { stepsOf } from './steps';

const FLAGS = {
  names_executive: true,
  has_sign_in: false,
  member_here: null,
  member_elsewhere: false,
  is_staff: false,
  looks_shared: false,
  practice_name_differs: false,
  tin_differs: false,
  npis_differ: false,
  other_executive_since: false,
  executive_unreached: false,
};
const FOUND = {
  tin_matches: true,
  npis_match: true,
  tin: '000000001',
  npis: [],
  by: 'usr_1',
  by_name: 'Enzo Fictional',
  at: '2026-11-22T00:00:00Z',
};
const SIGNED = { state: 'signed', verification: FOUND, form_intact: true, flags: FLAGS } as const;

describe('what enrollment can do with a nomination (ORG-1)', () => {
  it('is to approve only what was verified, and all of it', () => {
    expect(stepsOf(SIGNED)).toEqual({ steps: ['approve', 'return', 'withdraw'], lacks: null });
    expect(stepsOf({ ...SIGNED, verification: null })).toEqual({
      steps: ['return', 'withdraw'],
      lacks: 'first',
    });
    const half = { ...FOUND, npis_match: false };
    expect(stepsOf({ ...SIGNED, verification: half }).lacks).toBe('first');
  });

  it('is not to approve what changed, nor anybody of the plan', () => {
    expect(stepsOf({ ...SIGNED, form_intact: false }).lacks).toBe('broken');
    expect(stepsOf({ ...SIGNED, flags: { ...FLAGS, is_staff: true } }).lacks).toBe('staff');
    expect(stepsOf({ ...SIGNED, flags: { ...FLAGS, npis_differ: true } }).lacks).toBe('stale');
  });

  it('is to withdraw what is out, and nothing once it is decided', () => {
    expect(stepsOf({ ...SIGNED, state: 'expired' }).steps).toEqual(['withdraw']);
    expect(stepsOf({ ...SIGNED, state: 'approved' }).steps).toEqual([]);
    expect(stepsOf({ ...SIGNED, state: 'withdrawn' }).steps).toEqual([]);
  });
});
