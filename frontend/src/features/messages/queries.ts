import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { getBox, getMailboxes, getThread } from '../../api/calls';
import type { BoxName } from '../../api/types';

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

export function useBox(mailbox: string, box: BoxName, cursor: string | null) {
  return useQuery({
    queryKey: ['box', mailbox, box, cursor],
    queryFn: ({ signal }) => getBox(mailbox, box, cursor, { signal }),
  });
}

/** When the badge changes, the first page of the open inbox follows it, in the background too. */
export function useInboxFollowsBadge(mailbox: string, unread: number | undefined, follow: boolean) {
  const client = useQueryClient();
  const known = useRef(unread);
  useEffect(() => {
    const before = known.current;
    known.current = unread;
    if (!follow || before === undefined || unread === undefined || before === unread) return;
    getBox(mailbox, 'inbox', null, { background: true }).then(
      (page) => client.setQueryData(['box', mailbox, 'inbox', null], page),
      () => undefined, // the next poll tries again
    );
  }, [client, mailbox, unread, follow]);
}

export function useThread(mailbox: string, thread: string) {
  return useInfiniteQuery({
    queryKey: ['thread', mailbox, thread],
    queryFn: ({ pageParam, signal }) => getThread(mailbox, thread, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });
}
