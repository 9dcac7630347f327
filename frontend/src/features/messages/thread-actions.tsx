import { Button } from '@cmsgov/design-system';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { putBox, putRead } from '../../api/calls';
import { problemOf } from '../../api/client';
import type { BoxName, Message, Problem } from '../../api/types';
import { leaveSafely } from '../../app/leave-guard';
import { useTexts } from '../../texts/context';
import { ProblemAlert } from '../../ui/problem-alert';
import { lastReceived, movable } from './thread-logic';

interface Props {
  mailboxId: string;
  box: BoxName;
  messages: Message[];
  onReply: (() => void) | null;
  beforeUnread: () => void;
  onDone: (result: string) => void;
}

export function ThreadActions({ mailboxId, box, messages, onReply, beforeUnread, onDone }: Props) {
  const { t } = useTexts();
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const inBox = movable(messages, box);
  const received = lastReceived(messages);
  const archived = box === 'archived';

  const act = async (result: string, action: () => Promise<unknown>) => {
    if (busy) return;
    setBusy(true);
    setProblem(null);
    try {
      await action();
      await client.invalidateQueries({ queryKey: ['mailboxes'] });
      void client.invalidateQueries({ queryKey: ['box', mailboxId] });
      void client.invalidateQueries({ queryKey: ['thread', mailboxId], refetchType: 'none' });
      onDone(result);
    } catch (error) {
      setProblem(problemOf(error));
    } finally {
      setBusy(false);
    }
  };
  const move = () =>
    act(t(archived ? 'thread.movedToInbox' : 'thread.archived'), () =>
      Promise.all(inBox.map(({ id }) => putBox(mailboxId, id, archived ? 'inbox' : 'archived'))),
    );
  const unread = (message: Message) => {
    beforeUnread();
    return act(t('thread.markedUnread'), () => putRead(mailboxId, message.id, false));
  };

  return (
    <div className="p-no-print">
      <div className="p-actions p-toolbar" role="group" aria-label={t('thread.actions')}>
        {onReply && (
          <Button id="thread-reply" variation="solid" onClick={onReply}>
            {t('thread.reply')}
          </Button>
        )}
        {inBox.length > 0 && (
          <Button aria-disabled={busy} onClick={() => leaveSafely(() => void move())}>
            {t(archived ? 'thread.unarchive' : 'thread.archive')}
          </Button>
        )}
        {received && box !== 'sent' && (
          <Button aria-disabled={busy} onClick={() => leaveSafely(() => void unread(received))}>
            {t('thread.markUnread')}
          </Button>
        )}
        <Button variation="ghost" onClick={() => window.print()}>
          {t('thread.print')}
        </Button>
      </div>
      {problem && <ProblemAlert problem={problem} autoFocus />}
    </div>
  );
}
