/**
 * The API pages by opaque cursors that only lead forward (PLT-3). The cursors of the pages passed are kept, so
 * that Previous can go back. The stack holds the cursors of all pages after the first.
 */
export type CursorStack = readonly string[];

export const FIRST_PAGE: CursorStack = [];

export const currentCursor = (stack: CursorStack): string | null => stack.at(-1) ?? null;
export const pageNumber = (stack: CursorStack): number => stack.length + 1;
export const forward = (stack: CursorStack, next: string | null | undefined): CursorStack =>
  next ? [...stack, next] : stack;
export const back = (stack: CursorStack): CursorStack => stack.slice(0, -1);

/** Reads the stack out of a history entry, which may hold anything or nothing. */
export function stackOf(state: unknown): CursorStack {
  if (typeof state !== 'object' || state === null || !('stack' in state)) return FIRST_PAGE;
  const { stack } = state;
  if (!Array.isArray(stack)) return FIRST_PAGE;
  return stack.every((cursor) => typeof cursor === 'string') ? stack : FIRST_PAGE;
}
