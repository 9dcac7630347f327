import { describe, expect, it } from 'vitest';
import { npisIn, wrongNpis } from './npis';

describe('NPIs as people type them (ORG-1)', () => {
  it('are taken apart at commas, semicolons and blanks, each once', () => {
    expect(npisIn(' 1234567893, 1679576722;\n1234567893 ')).toEqual(['1234567893', '1679576722']);
    expect(npisIn('  ')).toEqual([]);
  });

  it('have ten digits', () => {
    expect(wrongNpis(['1234567893', '123', '12345678931', '123456789O'])).toEqual([
      '123',
      '12345678931',
      '123456789O',
    ]);
  });
});
