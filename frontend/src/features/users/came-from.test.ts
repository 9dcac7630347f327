import { describe, expect, it } from 'vitest';
import { cameFrom, fromList } from './came-from';
import { EVERYBODY } from './filters';

describe('the way back to the list', () => {
  it('leads to the list as it was', () => {
    const filters = { ...EVERYBODY, role: 'general_user' as const };
    expect(cameFrom(fromList(filters, { search: '', stack: ['c'] }))).toEqual({
      path: '/users?role=general_user',
      entry: { stack: ['c'] },
    });
  });

  it('leads nowhere else', () => {
    const whole = { path: '/users', entry: undefined };
    expect(cameFrom(null)).toEqual(whole);
    expect(cameFrom({ stack: [] })).toEqual(whole);
    expect(cameFrom({ list: { path: '//elsewhere.example' } })).toEqual(whole);
    expect(cameFrom({ list: { path: '/users-of-others' } })).toEqual(whole);
  });
});
