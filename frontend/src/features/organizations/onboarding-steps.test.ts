import { describe, expect, it } from 'vitest';
import { seatIsVacant, stepsOf, warningsOf } from './onboarding-steps';
import type { Onboarding } from './types';

const onboarding = (part: Partial<Onboarding> = {}): Onboarding => ({
  lacks: 'not_sent',
  form_sent_at: null,
  opened_at: null,
  signed_at: null,
  verified_at: null,
  invited_at: null,
  registered_at: null,
  backup_enrolled: false,
  backup_invited: false,
  first_users: false,
  administrators: [],
  roster_warnings: [],
  without_administrator: false,
  ...part,
});

const done = (part: Partial<Onboarding>) =>
  stepsOf(onboarding(part))
    .filter((one) => one.done)
    .map(({ step }) => step);

describe('how far a practice has come aboard (ORG-1, ORG-3)', () => {
  it('shows what has happened, and when', () => {
    const at = '2026-11-22T12:00:00Z';
    expect(done({})).toEqual([]);
    expect(done({ form_sent_at: at })).toEqual(['form_sent']);
    expect(stepsOf(onboarding({ form_sent_at: at }))[0]).toEqual({
      step: 'form_sent',
      done: true,
      at,
    });
  });

  it('takes for done what lies before a step that is', () => {
    const at = '2026-11-22T12:00:00Z';
    expect(done({ form_sent_at: at, signed_at: at })).toEqual(['form_sent', 'opened', 'signed']);
  });

  it('shows a backup and users each by itself', () => {
    expect(done({ first_users: true })).toEqual(['users']);
    expect(done({ backup_enrolled: true })).toEqual(['backup']);
  });

  it('leaves out the form of a practice that was aboard before there were forms', () => {
    expect(
      stepsOf(onboarding({ lacks: 'no_backup' })).map(({ step, done: is }) => [step, is]),
    ).toEqual([
      ['registered', true],
      ['backup', false],
      ['users', false],
    ]);
  });

  it('warns of administrators only once there were any', () => {
    const roster_warnings: Onboarding['roster_warnings'] = ['without_administrator', 'seat_vacant'];
    expect(warningsOf(onboarding({ lacks: 'not_reached', roster_warnings }))).toEqual([]);
    expect(warningsOf(onboarding({ lacks: 'without_administrator', roster_warnings }))).toEqual(
      roster_warnings,
    );
  });

  it('offers the seat only where a backup could take it (ORG-4)', () => {
    const roster_warnings: Onboarding['roster_warnings'] = ['seat_vacant'];
    expect(seatIsVacant(onboarding({ roster_warnings }))).toBe(false);
    expect(seatIsVacant(onboarding({ roster_warnings, backup_enrolled: true }))).toBe(true);
    expect(seatIsVacant(onboarding({ backup_enrolled: true }))).toBe(false);
  });
});
