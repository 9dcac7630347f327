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

export const useOverview = (state: State | '', search: string, cursor: string | null) =>
  useQuery({
    queryKey: [KEY, 'practices', state, search, cursor],
    queryFn: ({ signal }) => getOverview(state, search, cursor, signal),
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
    queryFn: ({ signal }) => getAdministratorReviews(cursor, signal),
    // Another one of the plan may confirm at the same time.
    refetchOnMount: 'always',
    placeholderData: keepPreviousData,
  });

/** To be told after every change of these pages. */
export function useOverviewChanged() {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: [KEY] });
}
