import { describe, expect, it } from 'vitest';
import { bodyOf, looksShared, missingIn, nobody } from './new-user';

const problem = (...codes: string[]) => ({
  type: 'about:blank',
  title: 'T',
  status: 422,
  detail: 'D',
  code: 'invalid',
  request_id: 'r',
  errors: codes.map((code) => ({ pointer: '/name', code, detail: code })),
});

describe('a new user (ACC-2)', () => {
  it('starts with no access level, and asks for everything about the person', () => {
    expect(nobody('general_user').access_levels).toEqual([]);
    expect(missingIn(nobody('general_user'))).toEqual(['name', 'email', 'phone']);
    expect(missingIn({ ...nobody('general_user'), name: ' ', email: 'a@b.example' })).toEqual([
      'name',
      'phone',
    ]);
  });

  it('is sent as typed, without spaces around', () => {
    const person = { ...nobody('backup_administrator'), name: " O'Brien-Garcia ", email: 'a@b ' };
    expect(bodyOf(person, true)).toEqual({
      name: "O'Brien-Garcia",
      email: 'a@b',
      phone: '',
      role: 'backup_administrator',
      access_levels: [],
      providers: [],
      confirmed_person: true,
    });
  });

  it('is asked about only when looking shared is all that is in the way', () => {
    expect(looksShared(problem('looks_shared', 'looks_shared'))).toBe(true);
    expect(looksShared(problem('looks_shared', 'wrong_form'))).toBe(false);
    expect(looksShared(problem())).toBe(false);
  });
});
