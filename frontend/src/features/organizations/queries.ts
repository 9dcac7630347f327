import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { getOrganization, getOrganizations, getSeat } from './calls';

const KEY = 'organizations';

export const organizationKey = (id: string) => [KEY, 'one', id];

export const useOrganizations = (search: string, cursor: string | null) =>
  useQuery({
    queryKey: [KEY, 'list', search, cursor],
    queryFn: ({ signal }) => getOrganizations(search, cursor, signal),
    placeholderData: keepPreviousData,
  });

export const useOrganization = (id: string) =>
  useQuery({
    queryKey: organizationKey(id),
    queryFn: ({ signal }) => getOrganization(id, signal),
    // Several parts of one page show it; others of enrollment, executives and administrators move it along.
    staleTime: 5_000,
  });

export const useSeat = (id: string) =>
  useQuery({ queryKey: [KEY, 'seat', id], queryFn: ({ signal }) => getSeat(id, signal) });

/** To be told after every change of a practice: lists and waves follow. */
export function useOrganizationsChanged() {
  const client = useQueryClient();
  return async () => {
    for (const key of ['onboarding', 'waves', 'attention']) {
      void client.invalidateQueries({ queryKey: [key] });
    }
    await client.invalidateQueries({ queryKey: [KEY] });
  };
}
