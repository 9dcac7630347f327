import { describe, expect, it } from 'vitest';
import { sendingOf } from './sending';

const PRACTICE = {
  nomination: null,
  executive_name: 'Ada Example',
  executive_email: 'ada@people.example',
  closed_at: null,
};

describe('sending the form (ORG-1)', () => {
  it('begins once the executive is known', () => {
    expect(sendingOf(PRACTICE)).toBe('send');
    expect(sendingOf({ ...PRACTICE, executive_email: '' })).toBe('unknown');
  });

  it('ends the link of a form that is out, and only then', () => {
    expect(sendingOf({ ...PRACTICE, nomination: { state: 'opened' } })).toBe('again');
    expect(sendingOf({ ...PRACTICE, nomination: { state: 'returned' } })).toBe('again');
    expect(sendingOf({ ...PRACTICE, nomination: { state: 'expired' } })).toBe('send');
    expect(sendingOf({ ...PRACTICE, nomination: { state: 'approved' } })).toBe('send');
  });

  it('waits while a signed form waits, and never begins for a practice that has ended', () => {
    expect(sendingOf({ ...PRACTICE, nomination: { state: 'signed' } })).toBe('waits');
    expect(sendingOf({ ...PRACTICE, closed_at: '2026-11-22T00:00:00Z' })).toBe('closed');
  });
});
