import { listPath } from './filters';
import type { Filters } from './filters';
import { entryOf } from '../../app/searches';
import type { Place } from '../../app/searches';

interface From {
  path: string;
  entry: object | undefined;
}

/** What the history entry of a user's page holds about the list from which it was opened. */
export const fromList = (filters: Filters, place: Place) => ({
  list: { path: listPath(filters), entry: entryOf(place) },
});

/** The way back to the list as it was; to the whole list when the page was opened in another way. */
export function cameFrom(state: unknown): From {
  const whole = { path: '/users', entry: undefined };
  if (typeof state !== 'object' || state === null || !('list' in state)) return whole;
  const { path, entry } = state.list as Partial<From>;
  const isList = path === '/users' || path?.startsWith('/users?');
  return isList && path ? { path, entry } : whole;
}
