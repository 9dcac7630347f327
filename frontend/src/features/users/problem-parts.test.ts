import { describe, expect, it } from 'vitest';
import { gathered, nextPart, START } from './problem-parts';

const page = (length: number, next_cursor: string | null) => ({
  items: Array.from({ length }, (_, row) => ({ row, column: 'email', code: 'x', detail: 'X' })),
  next_cursor,
});

describe("the pages of an import's problems (ACC-2)", () => {
  it('lead through all of a long answer, then to the next one', () => {
    const second = nextPart(START, page(30, 'c'));
    expect(second).toEqual({ cursor: null, from: 25 });
    expect(second && nextPart(second, page(30, 'c'))).toEqual({ cursor: 'c', from: 0 });
  });

  it('end with the last problem', () => {
    expect(nextPart(START, page(25, null))).toBeNull();
    expect(nextPart(START, page(25, 'c'))).toEqual({ cursor: 'c', from: 0 });
  });

  it('are put together where the portal gives few at a time, and go on where they end', async () => {
    const answers = [page(1, 'b'), page(20, 'c'), page(30, 'd'), page(1, null)];
    const asked: (string | null)[] = [];
    const ask = (cursor: string | null) => {
      asked.push(cursor);
      return Promise.resolve(answers[asked.length - 1] ?? page(0, null));
    };
    const first = await gathered(ask, null);
    expect(asked).toEqual([null, 'b', 'c']);
    expect([first.items.length, first.next_cursor]).toEqual([51, 'd']);
    expect(await gathered(ask, 'd')).toEqual(page(1, null));
  });
});
