import { describe, expect, it } from 'vitest';
import { settled } from './details';
import type { Profile } from './types';

const profile: Profile = {
  id: 'usr_0000000000',
  version: 3,
  name: 'Gina Sample',
  email: 'gina.sample@practice.example',
  pending_email: null,
  phone: '555-0100',
  language: 'en',
  password_changed_at: '2026-11-22T10:00:00Z',
  password_ends_at: '2027-11-22T10:00:00Z',
  questions_set_at: null,
  factor: null,
  factor_required: false,
};

describe('an edit of one’s own details (PLT-4)', () => {
  it('is nothing when all is as it was', () => {
    expect(settled(profile, {})).toBeNull();
    expect(settled(profile, { name: ' Gina Sample ', phone: '555-0100 ' })).toBeNull();
    expect(settled(profile, { language: 'en' })).toBeNull();
  });

  it('sends what changed and no more', () => {
    expect(settled(profile, { name: 'Gina Sample', language: 'es' })).toEqual({ language: 'es' });
    expect(settled(profile, { phone: ' 555-0199' })).toEqual({ phone: '555-0199' });
  });

  it('holds an emptied field, so that leaving asks and saving tells', () => {
    expect(settled(profile, { name: '  ' })).toEqual({ name: '' });
  });
});
