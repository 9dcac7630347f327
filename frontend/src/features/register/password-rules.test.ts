import { describe, expect, it } from 'vitest';
import { rulesKept } from './password-rules';

const NAMES = ["Anna O'Brien-García", 'Maple Example Clinic'];

function broken(password: string) {
  return Object.entries(rulesKept(password, NAMES)).flatMap(([rule, kept]) => (kept ? [] : [rule]));
}

describe('password rules as one types (CRD-1)', () => {
  it('lets good ones pass', () => {
    for (const good of ['Quiet-Harbor-27', 'Quiet Harbor', 'Пароль-дня', 'aA😀😀😀😀😀😀'])
      expect(broken(good), good).toEqual([]);
  });

  it('names what is missing', () => {
    expect(broken('')).toEqual(['length', 'upper', 'lower', 'special', 'names']);
    expect(broken('aA😀😀😀😀😀')).toEqual(['length']);
    expect(broken('quiet-harbor')).toEqual(['upper']);
    expect(broken('QUIET-HARBOR')).toEqual(['lower']);
    expect(broken('QuietHarbor27')).toEqual(['special']);
    expect(broken(`A${'a'.repeat(127)}!`)).toEqual(['length']);
  });

  it('knows names with accents and signs between the letters', () => {
    for (const bad of ['Anna-1234-x', 'xx-OBRIEN-yy', 'garcia-2026-A', 'My.Maple.1'])
      expect(broken(bad), bad).toEqual(['names']);
    expect(rulesKept('Sleep-Well-9', ['Bo Lee']).names).toBe(true);
    expect(rulesKept('Bo-Lee-1999', ['Bo Lee']).names).toBe(false);
  });
});
