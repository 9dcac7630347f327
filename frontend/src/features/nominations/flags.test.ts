import { describe, expect, it } from 'vitest';
import { flagsOf } from './flags';

const NONE = {
  names_executive: false,
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
const KNOWN = { name: 'Maple Example Clinic', tin: '000000001', npis: ['1234567893'] };
const word = (status: string) => status.toUpperCase();

describe('what stands out about a signed form (ORG-1)', () => {
  it('is nothing when nothing does', () => {
    expect(flagsOf(NONE, KNOWN, word)).toEqual([]);
  });

  it('comes with what matters most first, and what is known', () => {
    const shown = flagsOf(
      { ...NONE, member_here: 'disabled', practice_name_differs: true, is_staff: true },
      KNOWN,
      word,
    );
    expect(shown.map(({ flag }) => flag)).toEqual([
      'nominations.flag.is_staff',
      'nominations.flag.practice_name_differs',
      'nominations.flag.member_here',
    ]);
    expect(shown[1]?.params).toMatchObject({ name: 'Maple Example Clinic' });
    expect(shown[2]?.params).toMatchObject({ status: 'DISABLED' });
  });
});
