import { describe, expect, it } from 'vitest';
import { firstFilled } from './queries';

describe('pages that come short', () => {
  it('are passed by until there is something, or the end', async () => {
    const pages: Record<string, { items: string[]; next_cursor: string | null }> = {
      first: { items: [], next_cursor: 'second' },
      second: { items: ['Cedar'], next_cursor: 'third' },
      third: { items: [], next_cursor: null },
    };
    const ask = (cursor: string | null) =>
      Promise.resolve(pages[cursor ?? 'first'] ?? { items: [], next_cursor: null });
    expect((await firstFilled(ask, null)).items).toEqual(['Cedar']);
    expect(await firstFilled(ask, 'third')).toEqual({ items: [], next_cursor: null });
  });
});
