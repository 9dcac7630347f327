/** In which order the rows of a box stand (MSG-3). */
export const SORTS = ['importance', 'attachment', 'party', 'subject', 'received'] as const;
export type Sort = (typeof SORTS)[number];

export interface Order {
  sort: Sort;
  descending: boolean;
}

export const NEWEST_FIRST: Order = { sort: 'received', descending: true };

export const isNewestFirst = ({ sort, descending }: Order) => sort === 'received' && descending;

/** Words begin at A; of all else what matters most comes first: the newest, the urgent, those with files. */
const startsDescending = (sort: Sort) => sort !== 'party' && sort !== 'subject';

/** A heading sorts by its column; a second time the other way round. */
export function sortedBy(order: Order, sort: Sort): Order {
  const descending = order.sort === sort ? !order.descending : startsDescending(sort);
  return { sort, descending };
}

/** Reads what `orderName` wrote, which may also be anything else. */
export function orderOf(name: unknown): Order {
  if (typeof name !== 'string') return NEWEST_FIRST;
  const [column, direction] = name.split(' ');
  const sort = SORTS.find((one) => one === column);
  return sort ? { sort, descending: direction === 'desc' } : NEWEST_FIRST;
}

export const orderName = ({ sort, descending }: Order) => `${sort} ${descending ? 'desc' : 'asc'}`;
