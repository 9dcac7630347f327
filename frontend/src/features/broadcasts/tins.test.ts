import { describe, expect, it } from 'vitest';
import { readTins } from './tins';

describe('a list of practices (MSG-11)', () => {
  it('is read from the column that is called so, else from the first', () => {
    const named = '\uFEFFName;TIN\r\n"Maple";00-0000001\r\nBirch;000000002\r\n';
    expect(readTins(named).tins).toEqual(['000000001', '000000002']);
    expect(readTins('000000001,Maple\n000000002,Birch').tins).toEqual(['000000001', '000000002']);
    expect(readTins('')).toEqual({ tins: [], wrong: [], repeated: 0 });
  });

  it('tells which lines hold no number, and how many are repeated', () => {
    // A spreadsheet drops zeros in front: that must not become another practice.
    const { tins, wrong, repeated } = readTins('tin\n000000001\n\n00-0000001\n2\nBirch\n');
    expect(tins).toEqual(['000000001']);
    expect(repeated).toBe(1);
    expect(wrong).toEqual([
      { line: 5, value: '2' },
      { line: 6, value: 'Birch' },
    ]);
  });
});
