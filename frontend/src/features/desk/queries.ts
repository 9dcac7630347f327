import {
  keepPreviousData,
  useInfiniteQuery,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { getAgents, getConversations, getDesk } from './calls';
import type { Which } from './types';

const POLL_MS = 15_000;

export const useConversations = (
  mailbox: string,
  which: Which,
  mine: boolean,
  cursor: string | null,
) =>
  useQuery({
    queryKey: ['conversations', mailbox, which, mine, cursor],
    queryFn: ({ signal }) => getConversations(mailbox, which, mine, cursor, signal),
    placeholderData: keepPreviousData,
  });

/** What goes on around a conversation; looked at again and again, as colleagues work on it too. */
export const useDesk = (mailbox: string, thread: string) =>
  useQuery({
    queryKey: ['desk', mailbox, thread],
    queryFn: ({ signal }) => getDesk(mailbox, thread, signal),
    refetchInterval: POLL_MS,
  });

export const useAgents = (mailbox: string) =>
  useInfiniteQuery({
    queryKey: ['agents', mailbox],
    queryFn: ({ pageParam, signal }) => getAgents(mailbox, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });

/** To be called when something about a conversation has changed. */
export function useDeskChanged(mailbox: string, thread: string) {
  const client = useQueryClient();
  return async () => {
    void client.invalidateQueries({ queryKey: ['conversations', mailbox] });
    await client.invalidateQueries({ queryKey: ['desk', mailbox, thread] });
  };
}
