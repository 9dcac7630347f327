import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getMailboxes } from '../../api/calls';

const POLL_MS = 15_000;

/** The unread counts; polled in the background, which does not extend the session (MSG-4, CRD-8). */
export function useMailboxes() {
  return useQuery({
    queryKey: ['mailboxes'],
    queryFn: ({ signal }) => getMailboxes(signal),
    refetchInterval: POLL_MS,
    refetchIntervalInBackground: true,
    staleTime: POLL_MS,
  });
}

export function useMailbox(id: string) {
  return useMailboxes().data?.items.find((mailbox) => mailbox.id === id);
}

export function useRefreshMailboxes() {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: ['mailboxes'] });
}
