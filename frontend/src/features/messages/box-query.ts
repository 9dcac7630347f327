import { getBox } from '../../api/calls';
import type { BoxName } from '../../api/types';
import { queryClient } from '../../app/query';
import { currentCursor } from './cursor-stack';
import { boxOf } from './paths';
import { placeOf } from './place';
import type { Place } from './place';

/** A page that opens takes what was asked for on its behalf. */
const JUST_ASKED_MS = 2_000;

export const keyOf = (mailbox: string, box: BoxName, { order, search, stack }: Place) =>
  ['box', mailbox, box, order.sort, order.descending, search, currentCursor(stack)] as const;

export const queryOf = ({ order, search, stack }: Place) => ({
  sort: order.sort,
  order: order.descending ? ('desc' as const) : ('asc' as const),
  search,
  cursor: currentCursor(stack) ?? undefined,
});

export const boxQuery = (mailbox: string, box: BoxName, place: Place) => ({
  queryKey: keyOf(mailbox, box, place),
  queryFn: ({ signal }: { signal: AbortSignal }) =>
    getBox(mailbox, box, queryOf(place), { signal }),
  staleTime: JUST_ASKED_MS,
});

/**
 * Where the address leads to a box, its rows are asked for beside the session, not after it: on a slow network each
 * answer that another one waits for costs a fifth of a second. Who is not signed in gets none, as always.
 */
export async function askEarly() {
  const [, mailbox, name] = /^\/messages\/([^/]+)\/([a-z]+)$/.exec(window.location.pathname) ?? [];
  const box = boxOf(name);
  if (!mailbox || !box) return;
  const place = placeOf(window.history.state);
  await queryClient.prefetchQuery(boxQuery(decodeURIComponent(mailbox), box, place));
}
