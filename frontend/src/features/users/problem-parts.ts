import type { ProblemsPage } from './types';

/** How many problems are shown at once; the portal's own pages may be several hundred long. */
export const PART_SIZE = 25;

/** A part of one of the portal's pages. */
export interface Part {
  cursor: string | null;
  from: number;
}

export const START: Part = { cursor: null, from: 0 };

/** Pages put together until they fill a part: the portal's own may be of one row. */
export async function gathered(
  ask: (cursor: string | null) => Promise<ProblemsPage>,
  cursor: string | null,
): Promise<ProblemsPage> {
  let page = await ask(cursor);
  const items = [...page.items];
  while (page.next_cursor && items.length < PART_SIZE) {
    page = await ask(page.next_cursor);
    items.push(...page.items);
  }
  return { ...page, items };
}

/** What follows: more of this page, else the portal's next one; null at the end. */
export function nextPart(part: Part, page: ProblemsPage): Part | null {
  const from = part.from + PART_SIZE;
  if (from < page.items.length) return { ...part, from };
  return page.next_cursor ? { cursor: page.next_cursor, from: 0 } : null;
}
