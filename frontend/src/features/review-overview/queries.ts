import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import {
  getAdministratorReviews,
  getOpenPeople,
  getOverview,
  getReviewCalls,
  getSuspects,
} from './calls';
import type { State } from './types';

const KEY = 'review-overview';

interface Pages<Item> {
  items: Item[];
  next_cursor?: string | null;
}

const MOST_EMPTY = 10;

/** A page may come without a single item and yet not be the last one: then the next is asked for. */
export async function firstFilled<Page extends Pages<unknown>>(
  ask: (cursor: string | null) => Promise<Page>,
  cursor: string | null,
): Promise<Page> {
  let page = await ask(cursor);
  for (let asked = 1; asked < MOST_EMPTY; asked += 1) {
    if (page.items.length > 0 || !page.next_cursor) break;
    page = await ask(page.next_cursor);
  }
  return page;
}

const AGAIN_MS = 5_000;

/** `moving` while a call is on its way through the practices. */
export const useOverview = (
  state: State | '',
  search: string,
  cursor: string | null,
  moving: boolean,
) =>
  useQuery({
    queryKey: [KEY, 'practices', state, search, cursor],
    queryFn: ({ signal }) => firstFilled((at) => getOverview(state, search, at, signal), cursor),
    refetchInterval: moving ? AGAIN_MS : false,
    placeholderData: keepPreviousData,
  });

export const useOpenPeople = (id: string) =>
  useQuery({
    queryKey: [KEY, 'people', id],
    queryFn: ({ signal }) => getOpenPeople(id, signal),
  });

export const useReviewCalls = () =>
  useQuery({ queryKey: [KEY, 'calls'], queryFn: ({ signal }) => getReviewCalls(signal) });

export const useSuspects = (cursor: string | null) =>
  useQuery({
    queryKey: [KEY, 'suspect', cursor],
    queryFn: ({ signal }) => getSuspects(cursor, signal),
    placeholderData: keepPreviousData,
  });

export const useAdministratorReviews = (cursor: string | null) =>
  useQuery({
    queryKey: [KEY, 'administrators', cursor],
    queryFn: ({ signal }) => firstFilled((at) => getAdministratorReviews(at, signal), cursor),
    // Another one of the plan may confirm at the same time.
    refetchOnMount: 'always',
    placeholderData: keepPreviousData,
  });

/** To be told after every change of these pages. */
export function useOverviewChanged() {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: [KEY] });
}
