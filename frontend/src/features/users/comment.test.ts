import { describe, expect, it } from 'vitest';
import { charactersIn, charactersLeft, isTooLong, tooManyBytes } from './comment';

describe('the length of a comment (ACC-4)', () => {
  it('is counted in characters as a person sees them', () => {
    expect(charactersIn('')).toBe(0);
    expect(charactersIn('</xmp><script>alert(1)</script>')).toBe(31);
    expect(charactersIn('👩‍👩‍👧‍👦')).toBe(1);
    expect(charactersIn('e\u0301')).toBe(1);
    expect(charactersIn('\r\n')).toBe(1);
    expect(charactersIn('مرحبا')).toBe(5);
  });

  it('ends at 200 and not before', () => {
    expect(charactersLeft('e\u0301'.repeat(199))).toBe(1);
    expect(isTooLong('e\u0301'.repeat(200))).toBe(false);
    expect(isTooLong('x'.repeat(201))).toBe(true);
  });

  it('also ends at 2,000 bytes', () => {
    expect(tooManyBytes('x'.repeat(2000))).toBe(false);
    const family = '👩‍👩‍👧‍👦'.repeat(81); // 25 bytes each
    expect(charactersLeft(family)).toBe(119);
    expect(isTooLong(family)).toBe(true);
  });
});
