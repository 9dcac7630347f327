import { describe, expect, it } from 'vitest';
import { contentTypeOf, MAX_FILE_BYTES, MAX_TOTAL_BYTES, refusalOf } from './limits';
import { sha256Base64 } from './sha256';
import { formatSize } from './size';

const size = (bytes: number) => formatSize('en', bytes);
const why = (
  file: { name: string; size: number },
  accepted: { name: string; size: number }[] = [],
) => {
  const refusal = refusalOf(file, accepted, size);
  return refusal && 'key' in refusal ? refusal.key : null;
};

describe('limits of attachments (MSG-8)', () => {
  it('holds at the edges', () => {
    expect(why({ name: 'a.pdf', size: 1 })).toBeNull();
    expect(why({ name: 'a.pdf', size: 0 })).toBe('files.reason.empty');
    expect(why({ name: 'a.pdf', size: MAX_FILE_BYTES })).toBeNull();
    expect(why({ name: 'a.pdf', size: MAX_FILE_BYTES + 1 })).toBe('files.reason.tooLarge');
    const half = [{ name: 'b.pdf', size: MAX_FILE_BYTES }];
    expect(why({ name: 'a.pdf', size: MAX_TOTAL_BYTES - MAX_FILE_BYTES }, half)).toBeNull();
    expect(why({ name: 'a.pdf', size: 1 }, [...half, ...half])).toBe('files.reason.total');
    const ten = Array.from({ length: 10 }, () => ({ name: 'b.pdf', size: 1 }));
    expect(why({ name: 'a.pdf', size: 1 }, ten.slice(1))).toBeNull();
    expect(why({ name: 'a.pdf', size: 1 }, ten)).toBe('files.reason.count');
  });

  it('goes by the last ending of the name', () => {
    expect(contentTypeOf('Scan.JPEG')).toBe('image/jpeg');
    expect(contentTypeOf('list.csv')).toBe('text/csv');
    expect(contentTypeOf('a.pdf.exe')).toBeNull();
    expect(contentTypeOf('pdf')).toBeNull();
  });
});

describe('formatSize', () => {
  it('uses the unit people expect', () => {
    expect(formatSize('en', 1)).toBe('1 byte');
    expect(formatSize('en', 1023)).toBe('1,023 bytes');
    expect(formatSize('en', 1024)).toBe('1 KB');
    expect(formatSize('en', 1024 * 1024 - 1)).toBe('1 MB');
    expect(formatSize('en', 3.44 * 1024 * 1024)).toBe('3.4 MB');
    expect(formatSize('es', MAX_FILE_BYTES)).toBe('25 MB');
  });
});

describe('sha256Base64', () => {
  it('is the digest that S3 compares with', async () => {
    expect(await sha256Base64(new Blob(['abc']))).toBe(
      'ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=',
    );
  });
});
