import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { putRead } from '../../api/calls';
import type { Message } from '../../api/types';

/** Opening a message marks it as read, once, and the badge follows (MSG-4, MSG-5). */
export function useMarkRead(mailboxId: string, messages: readonly Message[]) {
  const client = useQueryClient();
  const done = useRef(new Set<string>());
  const stopped = useRef(false);

  useEffect(() => {
    const fresh = messages.filter(
      ({ id, box, unread }) => unread && box !== 'sent' && !done.current.has(id),
    );
    if (fresh.length === 0 || stopped.current) return;
    for (const { id } of fresh) done.current.add(id);
    void Promise.allSettled(fresh.map(({ id }) => putRead(mailboxId, id, true))).then(() =>
      Promise.all([
        client.invalidateQueries({ queryKey: ['mailboxes'] }),
        client.invalidateQueries({ queryKey: ['box', mailboxId], refetchType: 'none' }),
      ]),
    );
  }, [client, mailboxId, messages]);

  return {
    /** "Mark unread" must not be undone by a late refetch of this page. */
    stop: () => {
      stopped.current = true;
    },
  };
}
