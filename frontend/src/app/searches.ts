import { stackOf } from '../features/messages/cursor-stack';
import type { CursorStack } from '../features/messages/cursor-stack';
import { queryClient } from './query';

/**
 * What was searched for, in this page's memory: a search text is a name, an address or a subject, so neither the
 * URL nor the browser's history holds it, only a number that stands for it. Dropped with everything else that was
 * read when the person signs out.
 */
const KEY = ['searches'];
queryClient.setQueryDefaults(KEY, { gcTime: Number.POSITIVE_INFINITY });

const known = () => queryClient.getQueryData<readonly string[]>(KEY) ?? [];

export interface Place {
  search: string;
  stack: CursorStack;
}

/** What a history entry holds for a search and a page of its results. */
export function entryOf({ search, stack }: Place): object {
  if (search === '') return { stack };
  const searches = known();
  const found = searches.indexOf(search);
  if (found >= 0) return { stack, search: found };
  queryClient.setQueryData(KEY, [...searches, search]);
  return { stack, search: searches.length };
}

/** The search and the page of a history entry; the start of the list when it is another person's or unknown. */
export function placeOf(state: unknown): Place {
  const number =
    typeof state === 'object' && state !== null && 'search' in state ? state.search : null;
  if (number === null) return { search: '', stack: stackOf(state) };
  const search = typeof number === 'number' ? known()[number] : undefined;
  return search === undefined ? { search: '', stack: [] } : { search, stack: stackOf(state) };
}
