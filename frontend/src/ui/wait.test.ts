import { describe, expect, it } from 'vitest';
import { waitInWords } from './wait';

describe('how long to wait, in words (CRD-7)', () => {
  it('is never shorter than the wait', () => {
    expect(waitInWords('en', 0)).toBe('1 second');
    expect(waitInWords('en', 59)).toBe('59 seconds');
    expect(waitInWords('en', 60)).toBe('1 minute');
    expect(waitInWords('en', 61)).toBe('2 minutes');
    expect(waitInWords('en', 900)).toBe('15 minutes');
    expect(waitInWords('en', 3601)).toBe('2 hours');
    expect(waitInWords('es', 180)).toBe('3 minutos');
  });
});
