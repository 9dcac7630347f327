import { encode } from 'uqr';
import { describe, expect, it } from 'vitest';
import { pathOf } from './qr-path';

/** Which modules the bars of a path cover. */
function covered(path: string, size: number) {
  const rows = Array.from({ length: size }, () => Array.from({ length: size }, () => false));
  for (const [, x, y, width] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\3z/g))
    for (let at = 0; at < Number(width); at += 1) {
      const row = rows[Number(y) - 4];
      if (row) row[Number(x) - 4 + at] = true;
    }
  return rows;
}

describe('the picture of a QR code (CRD-9)', () => {
  it('has a bar for each run of dark modules', () => {
    expect(pathOf([[true, true, false, true]])).toBe('M4 4h2v1h-2zM7 4h1v1h-1z');
    expect(pathOf([[false], [true]])).toBe('M4 5h1v1h-1z');
  });

  it('covers exactly the dark modules of a real code', () => {
    const { data, size } = encode('otpauth://totp/Portico:a@b.example?secret=ABCDEF', {
      border: 0,
    });
    expect(covered(pathOf(data), size)).toEqual(data);
  });
});
