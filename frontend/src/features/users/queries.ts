import type { QueryClient } from '@tanstack/react-query';
import {
  keepPreviousData,
  useInfiniteQuery,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { showAnswer } from '../../app/query';
import { getHistory, getMember, getMembers, getRoster } from './calls';
import { getAttention } from '../../api/calls';
import type { Filters } from './filters';
import type { Member, Roster } from './types';

export function useMembers(filters: Filters, search: string, cursor: string | null) {
  return useQuery({
    queryKey: ['users', 'list', filters, search, cursor],
    queryFn: ({ signal }) => getMembers(filters, search, cursor, signal),
    // The list stays while the next one is on its way: no jump under the reader's eyes.
    placeholderData: keepPreviousData,
  });
}

export function useMember(id: string) {
  return useQuery({
    queryKey: ['users', 'member', id],
    queryFn: ({ signal }) => getMember(id, signal),
  });
}

export function useHistory(id: string) {
  return useInfiniteQuery({
    queryKey: ['users', 'history', id],
    queryFn: ({ pageParam, signal }) => getHistory(id, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });
}

export function useRoster(enabled = true) {
  return useQuery({
    enabled,
    queryKey: ['users', 'roster'],
    queryFn: ({ signal }) => getRoster(signal),
  });
}

/** What waits is read anew where the badge beside User Management shows it; no page here asks for it otherwise. */
export function readAttention(client: QueryClient) {
  const queryKey = ['attention'];
  if (client.getQueryData(queryKey) === undefined) return;
  const queryFn = ({ signal }: { signal: AbortSignal }) => getAttention(signal);
  // The number stays as it was when it can't be had.
  client.fetchQuery({ queryKey, queryFn }).catch(() => undefined);
}

/** To be told of what a change answered: everything else about users is read anew when it is shown next. */
export function useChanged() {
  const client = useQueryClient();
  const others = () => {
    void client.invalidateQueries({ queryKey: ['users', 'list'] });
    readAttention(client);
  };
  return {
    /** Somebody was created. */
    somebody: () => {
      void client.invalidateQueries({ queryKey: ['users', 'roster'] });
      others();
    },
    member: (member: Member) => {
      showAnswer(client, ['users', 'member', member.id], member);
      void client.invalidateQueries({ queryKey: ['users', 'history', member.id] });
      void client.invalidateQueries({ queryKey: ['users', 'roster'] });
      others();
    },
    roster: (roster: Roster) => {
      showAnswer(client, ['users', 'roster'], roster);
      void client.invalidateQueries({ queryKey: ['users', 'member'] });
      others();
    },
  };
}
