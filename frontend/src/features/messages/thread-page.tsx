import { Button } from '@cmsgov/design-system';
import { lazy, Suspense, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { useHistoryState } from 'wouter/use-browser-location';
import { problemOf } from '../../api/client';
import type { BoxName, Thread } from '../../api/types';
import { flash } from '../../app/announcer';
import { Page } from '../../app/page';
import { usePlan } from '../../app/plan';
import { useTexts } from '../../texts/context';
import { Loading } from '../../ui/loading';
import { ProblemAlert } from '../../ui/problem-alert';
import { drafts, isEmpty, replyKey } from '../compose/draft-store';
import { stackOf } from './cursor-stack';
import { MessageView } from './message-view';
import { boxPath } from './paths';
import { useThread } from './queries';
import { ThreadActions } from './thread-actions';
import { repliedTo } from './thread-logic';
import { useMarkRead } from './use-mark-read';

const ReplyForm = lazy(() =>
  import('../compose/reply-form').then((module) => ({ default: module.ReplyForm })),
);

interface Props {
  mailboxId: string;
  box: BoxName;
  threadId: string;
}

function BackLink({ mailboxId, box }: Omit<Props, 'threadId'>) {
  const { t } = useTexts();
  // The page of the box from which this message was opened.
  const stack = stackOf(useHistoryState());
  return (
    <p className="p-back p-no-print">
      <Link href={boxPath(mailboxId, box)} state={{ stack }}>
        {t('thread.back', { box: t(`messages.${box}`) })}
      </Link>
    </p>
  );
}

function Notice() {
  const { t } = useTexts();
  const plan = usePlan();
  if (!plan) return null;
  return (
    <aside className="p-notice" aria-labelledby="notice-title">
      <h2 id="notice-title" className="p-notice__title">
        {t('thread.notice')}
      </h2>
      <p className="p-flat">{plan.confidentiality_notice}</p>
    </aside>
  );
}

interface OpenProps extends Props {
  thread: Thread;
  older: (() => void) | null;
  loadingOlder: boolean;
  refresh: () => void;
}

function OpenThread({ mailboxId, box, threadId, thread, older, loadingOlder, refresh }: OpenProps) {
  const { t } = useTexts();
  const [, navigate] = useLocation();
  const stack = stackOf(useHistoryState());
  // An unsent reply is still here after signing in again, so it opens by itself (CRD-8).
  const [replying, setReplying] = useState(
    () => !isEmpty(drafts.get(replyKey(mailboxId, threadId))),
  );
  const marking = useMarkRead(mailboxId, thread.messages);
  const target = repliedTo(thread.messages);
  return (
    <Page title={thread.subject} className="p-thread">
      {thread.organization && (
        <p className="p-lead">{t('thread.organization', { name: thread.organization.name })}</p>
      )}
      <ThreadActions
        mailboxId={mailboxId}
        box={box}
        messages={thread.messages}
        onReply={target ? () => setReplying(true) : null}
        beforeUnread={marking.stop}
        onDone={(message) => {
          flash.onNextPage(message);
          navigate(boxPath(mailboxId, box), { state: { stack } });
        }}
      />
      {replying && target && (
        <Suspense fallback={<Loading />}>
          {' '}
          <ReplyForm
            mailboxId={mailboxId}
            threadId={threadId}
            message={target}
            onClose={() => {
              setReplying(false);
              document.getElementById('thread-reply')?.focus();
            }}
            onSent={() => {
              setReplying(false);
              flash.here(t('messages.sentFlash'));
              window.scrollTo(0, 0);
              document.getElementById('thread-reply')?.focus();
              refresh();
            }}
          />
        </Suspense>
      )}
      <ol className="p-plain p-messages" aria-label={t('thread.list')}>
        {thread.messages.map((message) => (
          <li key={message.id}>
            <MessageView mailboxId={mailboxId} threadId={threadId} message={message} />
          </li>
        ))}
      </ol>
      {older && (
        <Button className="p-no-print" aria-disabled={loadingOlder} onClick={older}>
          {t('thread.older')}
        </Button>
      )}
      <Notice />
    </Page>
  );
}

/** Reading a conversation, newest message first (MSG-5). */
export function ThreadPage({ mailboxId, box, threadId }: Props) {
  const { t } = useTexts();
  const { data, error, refetch, fetchNextPage, hasNextPage, isFetchingNextPage } = useThread(
    mailboxId,
    threadId,
  );
  const [first] = data?.pages ?? [];
  return (
    <>
      <BackLink mailboxId={mailboxId} box={box} />
      {error && !first && (
        <Page title={t('messages.title')}>
          <ProblemAlert
            problem={problemOf(error)}
            retry={problemOf(error).status === 404 ? undefined : () => void refetch()}
          />
        </Page>
      )}
      {!first && !error && <Loading />}
      {first && data && (
        <OpenThread
          mailboxId={mailboxId}
          box={box}
          threadId={threadId}
          thread={{ ...first, messages: data.pages.flatMap(({ messages }) => messages) }}
          older={hasNextPage ? () => void fetchNextPage() : null}
          loadingOlder={isFetchingNextPage}
          refresh={() => void refetch()}
        />
      )}
    </>
  );
}
