import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { getBox, getThread } from '../../api/calls';
import type { BoxName } from '../../api/types';
import { boxQuery, keyOf, queryOf } from './box-query';
import { START } from './place';
import type { Place } from './place';

/** A page of a box. While another one of the same box is on its way, the one before stays on the screen. */
export function useBox(mailbox: string, box: BoxName, place: Place) {
  return useQuery({
    ...boxQuery(mailbox, box, place),
    placeholderData: (before, query) =>
      query?.queryKey[1] === mailbox && query.queryKey[2] === box ? before : undefined,
  });
}

/** When the badge changes, the newest messages of the open inbox follow it, in the background too. */
export function useInboxFollowsBadge(mailbox: string, unread: number | undefined, follow: boolean) {
  const client = useQueryClient();
  const known = useRef(unread);
  useEffect(() => {
    const before = known.current;
    known.current = unread;
    if (!follow || before === undefined || unread === undefined || before === unread) return;
    getBox(mailbox, 'inbox', queryOf(START), { background: true }).then(
      (page) => client.setQueryData(keyOf(mailbox, 'inbox', START), page),
      () => undefined, // the next poll tries again
    );
  }, [client, mailbox, unread, follow]);
}

/** After messages were read, filed or sent: counts at once, boxes and threads when they are looked at. */
export function useMessagesChanged(mailbox: string) {
  const client = useQueryClient();
  return async () => {
    await client.invalidateQueries({ queryKey: ['mailboxes'] });
    void client.invalidateQueries({ queryKey: ['thread', mailbox], refetchType: 'none' });
    await client.invalidateQueries({ queryKey: ['box', mailbox] });
  };
}

export function useThread(mailbox: string, thread: string) {
  return useInfiniteQuery({
    queryKey: ['thread', mailbox, thread],
    queryFn: ({ pageParam, signal }) => getThread(mailbox, thread, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });
}
