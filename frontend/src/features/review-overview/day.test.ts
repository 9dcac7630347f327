import { describe, expect, it } from 'vitest';
import { dayText } from './day';

describe('a day of the plan (PLT-2)', () => {
  it('is the same day for every reader', () => {
    expect(dayText('en', '2028-02-29')).toBe('Feb 29, 2028');
    expect(dayText('es', '2028-02-29')).toBe('29 feb 2028');
  });
});
