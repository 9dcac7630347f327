/** What print says where it is not all: each page of the list is printed by itself. */
export function printedPart(page: number, next: string | null | undefined) {
  if (next) return 'reviews.printed.more';
  return page > 1 ? 'reviews.printed.last' : null;
}
