import { Button } from '@cmsgov/design-system';
import { lazy, Suspense, useRef, useState } from 'react';
import type { Message } from '../../api/types';
import { flash } from '../../app/announcer';
import { useTexts } from '../../texts/context';
import { Loading } from '../../ui/loading';
import { ReplyMenu } from './reply-menu';
import type { Answer } from './thread-logic';

// What few people open doesn't come with the message.
const Receipts = lazy(() => import('./receipts').then((module) => ({ default: module.Receipts })));
const MisdirectedDialog = lazy(() =>
  import('./misdirected-dialog').then((module) => ({ default: module.MisdirectedDialog })),
);
const RecallDialog = lazy(() =>
  import('./recall-dialog').then((module) => ({ default: module.RecallDialog })),
);

interface Props {
  mailboxId: string;
  threadId: string;
  message: Message;
  onAnswer: (answer: Answer, message: Message) => void;
  onWithdrawn: () => void;
}

/** What can be done with one message: answer it; of one's own see who has it, or withdraw it; else tell of an error. */
export function MessageMore({ mailboxId, threadId, message, onAnswer, onWithdrawn }: Props) {
  const { t, instant } = useTexts();
  const [open, setOpen] = useState<'misdirected' | 'recall' | null>(null);
  const [reported, setReported] = useState(message.reported);
  const [receipts, setReceipts] = useState(false);
  const opener = useRef<HTMLDivElement>(null);
  const own = message.from.id === mailboxId;
  const withdrawn = message.withdrawn_at !== null;
  const ids = { mailboxId, threadId, messageId: message.id };
  const receiptsId = `receipts-${message.id}`;
  const close = () => setOpen(null);
  return (
    <div className="p-message__more p-no-print" ref={opener}>
      <div className="p-actions" role="group" aria-label={t('thread.more')}>
        {!withdrawn && (
          <ReplyMenu
            id={`reply-${message.id}`}
            label={t('thread.replyMenuFor', {
              name: message.from.name,
              date: instant(message.sent_at),
            })}
            onAnswer={(answer) => onAnswer(answer, message)}
          />
        )}
        {own ? (
          <>
            <Button
              size="small"
              variation="ghost"
              aria-expanded={receipts}
              aria-controls={receiptsId}
              onClick={() => setReceipts(!receipts)}
            >
              {t('thread.receipts')}
            </Button>
            {!withdrawn && (
              <Button size="small" variation="ghost" onClick={() => setOpen('recall')}>
                {t('thread.recall')}
              </Button>
            )}
          </>
        ) : reported ? (
          <span className="p-muted">{t('thread.misdirected.told')}</span>
        ) : (
          <Button size="small" variation="ghost" onClick={() => setOpen('misdirected')}>
            {t('thread.misdirected')}
          </Button>
        )}
      </div>
      <div id={receiptsId} className="p-receipts" hidden={!receipts}>
        {receipts && (
          <Suspense fallback={<Loading />}>
            <Receipts mailboxId={mailboxId} messageId={message.id} />
          </Suspense>
        )}
      </div>
      <Suspense fallback={null}>
        {open === 'misdirected' && (
          <MisdirectedDialog
            {...ids}
            onClose={close}
            onDone={() => {
              close();
              setReported(true);
              flash.here(t('thread.misdirected.done'));
              window.scrollTo(0, 0);
            }}
          />
        )}
        {open === 'recall' && <RecallDialog {...ids} onClose={close} onDone={onWithdrawn} />}
      </Suspense>
    </div>
  );
}
