import { describe, expect, it } from 'vitest';
import { settled } from './choices';
import type { Notices } from './types';

const NOTICES: Notices = {
  version: 3,
  categories: [
    { category: 'SECURE_MESSAGING', channel: 'online', fixed: false },
    { category: 'USER_MANAGEMENT', channel: 'email', fixed: false },
    { category: 'ACCOUNT_SECURITY', channel: 'email', fixed: true },
  ],
  sign_in_address: 'gina@people.example',
  notice_address: null,
  waiting_address: null,
  stopped: [],
};

describe('what is saved of the choices', () => {
  it('is what differs', () => {
    expect(settled(NOTICES, { SECURE_MESSAGING: 'email', USER_MANAGEMENT: 'email' })).toEqual({
      SECURE_MESSAGING: 'email',
    });
  });
  it('is nothing when somebody comes back to what there was', () => {
    expect(settled(NOTICES, { SECURE_MESSAGING: 'online' })).toBeNull();
    expect(settled(NOTICES, {})).toBeNull();
  });
  it('is never about what has no choice', () => {
    expect(settled(NOTICES, { ACCOUNT_SECURITY: 'online' })).toBeNull();
  });
});
