import { describe, expect, it } from 'vitest';
import { nextPart, START } from './problem-parts';

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
});
