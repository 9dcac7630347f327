import { describe, expect, it } from 'vitest';
import { isNpi, isTin, npisOf, tinOf } from './numbers';

describe('numbers of a practice as people type them (ORG-1)', () => {
  it('takes a TIN with its hyphen, and nothing shorter or longer', () => {
    expect(tinOf(' 12-3456789 ')).toBe('123456789');
    expect(isTin('012345678')).toBe(true);
    expect(isTin('12345678')).toBe(false);
    expect(isTin('12345678a')).toBe(false);
  });

  it('takes NPIs however they are separated, each once', () => {
    expect(npisOf('1234567893, 1245319599;\n1234567893 ')).toEqual(['1234567893', '1245319599']);
    expect(npisOf('  ')).toEqual([]);
  });

  it('sees a mistyped NPI by its check digit', () => {
    expect(isNpi('1234567893')).toBe(true);
    expect(isNpi('1234567890')).toBe(false);
    expect(isNpi('123456789')).toBe(false);
  });
});
