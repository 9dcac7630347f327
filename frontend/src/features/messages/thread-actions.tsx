import { Button } from '@cmsgov/design-system';
import type { BoxName, Message } from '../../api/types';
import { leaveSafely } from '../../app/leave-guard';
import { useTexts } from '../../texts/context';
import { ProblemAlert } from '../../ui/problem-alert';
import { useAction } from '../../ui/use-action';
import { useMessagesChanged } from './box-queries';
import { patchMessages } from './calls';
import type { Filing } from './calls';
import { ReplyMenu } from './reply-menu';
import { inPages, lastReceived, movable } from './thread-logic';
import type { Answer } from './thread-logic';

/** As many as the portal files at once. */
const MOST_TOGETHER = 25;
export const TOOLBAR_MENU = 'thread-reply';

interface Props {
  mailboxId: string;
  box: BoxName;
  messages: Message[];
  onAnswer: ((answer: Answer) => void) | null;
  beforeUnread: () => void;
  onPrint: () => Promise<void>;
  onDone: (result: string) => void;
}

export function ThreadActions(props: Props) {
  const { mailboxId, box, messages, onAnswer, beforeUnread, onPrint, onDone } = props;
  const { t } = useTexts();
  const changed = useMessagesChanged(mailboxId);
  const { busy, problem, act } = useAction();
  const inBox = movable(messages, box);
  const received = lastReceived(messages);
  const archived = box === 'archived';

  const file = (result: string, filed: readonly Message[], filing: Filing) =>
    act(async () => {
      for (const page of inPages(filed, MOST_TOGETHER)) {
        const ids = page.map(({ id }) => id);
        await patchMessages(mailboxId, ids, filing);
      }
      await changed();
      onDone(result);
    });
  const move = () =>
    file(t(archived ? 'thread.movedToInbox' : 'thread.archived'), inBox, {
      box: archived ? 'inbox' : 'archived',
    });
  const unread = (message: Message) => {
    beforeUnread();
    return file(t('thread.markedUnread'), [message], { read: false });
  };

  return (
    <div className="p-no-print">
      <div className="p-actions p-toolbar" role="group" aria-label={t('thread.actions')}>
        {onAnswer && <ReplyMenu id={TOOLBAR_MENU} solid onAnswer={onAnswer} />}
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
        <Button variation="ghost" aria-disabled={busy} onClick={() => void act(onPrint)}>
          {t('thread.print')}
        </Button>
      </div>
      {problem && <ProblemAlert problem={problem} autoFocus />}
    </div>
  );
}
