import { describe, expect, it } from 'vitest';
import { stepOf, stepsFor } from './steps';

describe('steps of a registration (CRD-1, CRD-3, CRD-9)', () => {
  it('have a second factor only where it is required, and terms only the first time', () => {
    expect(stepsFor(true, true)).toEqual(['password', 'questions', 'factor', 'terms']);
    expect(stepsFor(true, false)).toEqual(['password', 'questions', 'terms']);
    expect(stepsFor(false, true)).toEqual(['password', 'questions', 'factor']);
  });

  it('lead back to the first one that the portal refuses', () => {
    expect(stepOf(['code', 'password'])).toBe('password');
    expect(stepOf(['questions/1/answer', 'accept_terms'])).toBe('questions');
    expect(stepOf([])).toBeUndefined();
  });
});
