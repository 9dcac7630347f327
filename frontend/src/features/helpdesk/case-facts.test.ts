import { describe, expect, it } from 'vitest';
import { isByPhone, spelledCode, timeLeft, whyNot } from './case-facts';
import type { ResetCase } from './types';
import { confirms } from './who';

const waiting: ResetCase = {
  id: 'cas_0000000000',
  code: 'BCDF-GHJK',
  person: { name: 'Gina Sample', email: 'gina.sample@practice.example' },
  organization: { id: 'org_0000000000', name: 'Sample Family Practice' },
  caller: 'Gina Sample',
  reason: 'Lost her telephone',
  opened_by: 'Hanna Fictional',
  opened_at: '2026-11-22T10:00:00Z',
  ends_at: '2026-11-25T10:00:00Z',
  state: 'open',
  needs: 'administrator',
  confirmations: [],
  may_confirm: false,
  phone_on_record: null,
};
const somebody = { email: 'lou.placeholder@practice.example', name: 'Lou Placeholder' };

describe('a case of the helpdesk (CRD-5)', () => {
  it('says how long it lives, and never less than nothing', () => {
    const now = Date.parse('2026-11-22T10:00:00Z');
    expect(timeLeft(waiting.ends_at, now)).toEqual({ hours: 72, minutes: 0 });
    expect(timeLeft(waiting.ends_at, now + 1)).toEqual({ hours: 71, minutes: 59 });
    expect(timeLeft('2026-11-22T09:59:59Z', now)).toEqual({ hours: 0, minutes: 0 });
  });

  it('spells its code', () => {
    expect(spelledCode(waiting.code)).toBe('B C D F G H J K');
  });

  it('says why somebody cannot confirm it', () => {
    expect(whyNot(waiting, { ...somebody, email: waiting.person.email })).toBe('cases.not.own');
    expect(whyNot(waiting, { ...somebody, name: 'Hanna Fictional' })).toBe('cases.not.opened');
    const half = { ...waiting, confirmations: [{ name: somebody.name, at: waiting.opened_at }] };
    expect(whyNot(half, somebody)).toBe('cases.not.twice');
    expect(whyNot(waiting, somebody)).toBe('cases.not.role');
  });

  it('says nothing to who may, nor of a case that is over', () => {
    expect(whyNot({ ...waiting, may_confirm: true }, somebody)).toBeNull();
    expect(whyNot({ ...waiting, state: 'declined' }, somebody)).toBeNull();
  });

  it('is confirmed by telephone only by enrollment', () => {
    expect(isByPhone(waiting)).toBe(false);
    expect(isByPhone({ ...waiting, needs: 'two_enrollment' })).toBe(true);
  });

  it('shows to administrators, enrollment and plan administrators, and to nobody else', () => {
    const organization = { id: 'org_0000000000', name: 'Sample Family Practice' };
    const member = (role: 'general_user' | 'backup_administrator' | 'local_administrator') => ({
      staff: null,
      membership: { id: 'mem_0000000000', role, organization } as never,
    });
    const staff = (role: string) => ({ membership: null, staff: { roles: [role] } as never });
    expect(confirms(member('general_user'))).toBe(false);
    expect(confirms(member('backup_administrator'))).toBe(true);
    expect(confirms(member('local_administrator'))).toBe(true);
    expect(['enrollment', 'plan_administrator'].map((role) => confirms(staff(role)))).toEqual([
      true,
      true,
    ]);
    expect(
      ['helpdesk', 'department_agent', 'auditor'].map((role) => confirms(staff(role))),
    ).toEqual([false, false, false]);
  });
});
