import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { showAnswer } from '../../app/query';
import { getNomination, getNominations, getRequests } from './calls';
import type { Place } from './place';
import type { Nomination } from './types';

const KEY = 'nominations';

export const useNominations = (place: Place, cursor: string | null) =>
  useQuery({
    queryKey: [KEY, 'list', place, cursor],
    queryFn: ({ signal }) => getNominations(place, cursor, signal),
    // Others work on the same list.
    refetchOnMount: 'always',
    placeholderData: keepPreviousData,
  });

const keyOf = (organizationId: string, id: string) => [KEY, 'one', organizationId, id];

export const useNomination = (organizationId: string, id: string) =>
  useQuery({
    queryKey: keyOf(organizationId, id),
    queryFn: ({ signal }) => getNomination(organizationId, id, signal),
    refetchOnMount: 'always',
  });

export const useRequests = (cursor: string | null) =>
  useQuery({
    queryKey: [KEY, 'requests', cursor],
    queryFn: ({ signal }) => getRequests(cursor, signal),
    refetchOnMount: 'always',
    placeholderData: keepPreviousData,
  });

/** To be told of what a change answered; lists and the practice's page are read anew when they are shown next. */
export function useNominationChanged() {
  const client = useQueryClient();
  const others = () => {
    void client.invalidateQueries({ queryKey: [KEY, 'list'] });
    void client.invalidateQueries({ queryKey: ['organizations'] });
    void client.invalidateQueries({ queryKey: ['attention'] });
  };
  return {
    shows: (after: Nomination) => {
      showAnswer(client, keyOf(after.organization.id, after.id), after);
      others();
    },
    /** What is shown is no longer so. */
    again: async ({ organization, id }: Nomination) => {
      others();
      await client.refetchQueries({ queryKey: keyOf(organization.id, id) });
    },
    /** A form went out: the practice's page shows it once this is done. */
    sent: () => {
      others();
      return client.invalidateQueries({ queryKey: ['organizations'] });
    },
  };
}

/** To be told when a request is settled. */
export function useRequestsChanged() {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: [KEY, 'requests'] });
}
