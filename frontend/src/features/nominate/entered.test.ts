import { describe, expect, it } from 'vitest';
import { agrees, empty, isBegun, missingIn, trimmed } from './entered';
import type { FormToSign } from './types';

const FORM: FormToSign = {
  practice_name: 'Maple Example Clinic',
  tin: '000000001',
  npis: ['1234567893'],
  executive_name: 'Ada Example',
  executive_email: 'ada@people.example',
  ends_at: '2026-11-30T00:00:00Z',
  return_reason: '',
  consent: { version: '1', text: 'I agree.' },
};
const FILLED = {
  ...empty(FORM),
  administrator_name: ' Lou Placeholder ',
  administrator_email: 'lou@people.example',
  administrator_phone: '555-0100',
  authority: 'Owner',
  signature: 'Ada Example',
  agreed: 'I agree.',
};

describe('the form that an executive signs (ORG-1)', () => {
  it('begins with the name that the plan has, and nothing that would be lost', () => {
    expect(empty(FORM).practice_name).toBe('Maple Example Clinic');
    expect(isBegun(empty(FORM), FORM)).toBe(false);
    expect(isBegun(FILLED, FORM)).toBe(true);
  });

  it('says all that is missing at once; blanks are nothing', () => {
    expect(missingIn({ ...empty(FORM), practice_name: '  ' }, FORM)).toEqual([
      'practice_name',
      'administrator_name',
      'administrator_email',
      'administrator_phone',
      'authority',
      'signature',
      'consented',
    ]);
    expect(missingIn(FILLED, FORM)).toEqual([]);
  });

  it('is agreed to in the words that were read', () => {
    const spanish = { ...FORM, consent: { version: '1', text: 'Estoy de acuerdo.' } };
    expect(agrees(FILLED, FORM)).toBe(true);
    expect(agrees(FILLED, spanish)).toBe(false);
    expect(missingIn(FILLED, spanish)).toEqual(['consented']);
  });

  it('is sent without blanks around it', () => {
    expect(trimmed(FILLED).administrator_name).toBe('Lou Placeholder');
  });
});
