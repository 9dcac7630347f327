import { useRef, useState } from 'react';
import type { Message } from '../../api/types';
import { drafts, forwardKey, isEmpty, replyKey } from '../compose/draft-store';
import { TOOLBAR_MENU } from './thread-actions';
import { repliedTo } from './thread-logic';
import type { Answer } from './thread-logic';

type Kind = 'reply' | 'forward';

/** Which message of a conversation is being answered or forwarded, if any. */
export function useWriting(mailboxId: string, threadId: string, messages: readonly Message[]) {
  const keys = { reply: replyKey(mailboxId, threadId), forward: forwardKey(mailboxId, threadId) };
  // What was not sent is still here after signing in again, or was kept, so it opens by itself (CRD-8, MSG-2).
  const [kind, setKind] = useState<Kind | null>(() => {
    if (!isEmpty(drafts.get(keys.reply))) return 'reply';
    return isEmpty(drafts.get(keys.forward)) ? null : 'forward';
  });
  const [chosen, setChosen] = useState<string | null>(() =>
    kind ? drafts.get(keys[kind]).messageId : null,
  );
  const opener = useRef<HTMLElement | null>(null);
  const message = messages.find(({ id }) => id === chosen) ?? repliedTo(messages);

  return {
    kind,
    message: kind ? message : null,
    start: (answer: Answer, to: Message) => {
      const next: Kind = answer === 'forward' ? 'forward' : 'reply';
      opener.current = document.activeElement?.closest<HTMLElement>('.p-menu') ?? null;
      drafts.update(keys[next], (draft) => ({
        ...draft,
        messageId: to.id,
        ...(next === 'reply' && { all: answer === 'reply_all' }),
      }));
      setChosen(to.id);
      setKind(next);
    },
    /** Gives the focus back to where writing began. */
    close: () => {
      setKind(null);
      const menu = opener.current?.isConnected
        ? opener.current.querySelector('button')
        : document.getElementById(TOOLBAR_MENU);
      menu?.focus();
    },
  };
}
