import { entryOf as searchEntryOf, placeOf as searchPlaceOf } from '../../app/searches';
import type { Place as SearchPlace } from '../../app/searches';
import { FIRST_PAGE } from './cursor-stack';
import { isNewestFirst, NEWEST_FIRST, orderName, orderOf } from './order';
import type { Order } from './order';

/** What of a box is shown: it lives in the history entry, so Back from a message leads to it again. */
export interface Place extends SearchPlace {
  order: Order;
}

export const START: Place = { order: NEWEST_FIRST, search: '', stack: FIRST_PAGE };

/** What the history entry of a place holds: nothing that a person typed. */
export function entryOf({ order, ...place }: Place): object {
  const entry = searchEntryOf(place);
  return isNewestFirst(order) ? entry : { ...entry, order: orderName(order) };
}

/** The place of a history entry; cursors are good for one order only. */
export function placeOf(state: unknown): Place {
  const name = typeof state === 'object' && state !== null && 'order' in state ? state.order : null;
  return { ...searchPlaceOf(state), order: orderOf(name) };
}

/** The newest messages, which the open inbox keeps up to date (MSG-4). */
export const isStart = ({ order, search, stack }: Place) =>
  isNewestFirst(order) && search === '' && stack.length === 0;
