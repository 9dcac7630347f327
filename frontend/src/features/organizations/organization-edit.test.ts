import { describe, expect, it } from 'vitest';
import {
  bodyOf,
  fromRequest,
  NOTHING,
  patchOf,
  settled,
  shownOf,
  typedOf,
  wrongIn,
} from './organization-edit';
import type { Organization } from './types';

const practice: Organization = {
  id: 'org_1',
  name: 'Hazel Example',
  tin: '000000006',
  npis: ['1245319599', '1234567893'],
  tin_verified: true,
  executive_name: 'Hector Specimen',
  executive_email: 'hector@hazel.example',
  unreached: false,
  relations_contact: '',
  entitlements: ['claims', 'eligibility'],
  wave: { id: 'wav_1', name: 'Spring' },
  closed_at: null,
  merged_into: null,
  version: 4,
  onboarding: {
    lacks: 'not_sent',
    backup_enrolled: false,
    backup_invited: false,
    first_users: false,
    administrators: [],
    roster_warnings: [],
    without_administrator: false,
  },
  nomination: null,
  changes: [],
};

describe('a practice as it is typed (ORG-1)', () => {
  it('names every field that is wrong before anything is sent', () => {
    const typed = { ...NOTHING, tin: '12', npis: '1234567893 99' };
    expect(Object.keys(wrongIn(typed, { withTin: true }))).toEqual(['name', 'tin', 'npis']);
    expect(wrongIn(typed, { withTin: false }).npis?.npis).toBe('99');
    expect(wrongIn({ ...NOTHING, name: 'A', tin: '00-0000001' }, { withTin: true })).toEqual({});
  });

  it('is sent without what people put around it', () => {
    const body = bodyOf({ ...NOTHING, name: ' A ', tin: '00-0000001', npis: '1234567893,\n' });
    expect(body).toMatchObject({ name: 'A', tin: '000000001', npis: ['1234567893'] });
  });

  it('begins with what a practice asked for, and remembers the request', () => {
    const draft = fromRequest({
      request_id: 'req_1',
      name: 'Spruce',
      tin: '000000011',
      npis: ['1234567893', '1245319599'],
      executive_name: 'Silas',
      executive_email: 'silas@spruce.example',
    });
    expect(draft).toMatchObject({ request_id: 'req_1', name: 'Spruce', wave_id: null });
    expect(bodyOf(draft)).not.toHaveProperty('request_id');
  });
});

describe('an edit of a practice (ORG-7, PLT-3)', () => {
  it('sends only what differs, and knows the same NPIs in another order', () => {
    const typed = { ...typedOf(practice), npis: '1234567893, 1245319599' };
    expect(patchOf(practice, typed)).toBeNull();
    expect(patchOf(practice, { ...typed, entitlements: ['claims'], wave_id: null })).toEqual({
      entitlements: ['claims'],
      wave_id: null,
    });
  });

  it("lays what was typed over what somebody else has saved, and keeps the others' fields", () => {
    const after = { ...practice, executive_name: 'Helga', version: 5 };
    const typed = shownOf(after, { relations_contact: 'Rita' });
    expect(typed.executive_name).toBe('Helga');
    expect(patchOf(after, typed)).toEqual({ relations_contact: 'Rita' });
  });

  it('is over when everything is as it was', () => {
    expect(settled(practice, { name: 'Hazel Example' })).toBeNull();
    expect(settled(practice, { name: 'Hazel', wave_id: 'wav_1' })).toEqual({ name: 'Hazel' });
    expect(settled(practice, { entitlements: ['eligibility', 'claims'] })).toBeNull();
  });
});
