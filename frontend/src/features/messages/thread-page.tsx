import { Button } from '@cmsgov/design-system';
import { lazy, Suspense } from 'react';
import { Link, useLocation } from 'wouter';
import { useHistoryState } from 'wouter/use-browser-location';
import { problemOf } from '../../api/client';
import type { BoxName, Message, Sent, Thread } from '../../api/types';
import { flash } from '../../app/announcer';
import { Page } from '../../app/page';
import { usePlan } from '../../app/plan';
import { useTexts } from '../../texts/context';
import { Loading } from '../../ui/loading';
import { ProblemAlert } from '../../ui/problem-alert';
import { sentWords } from '../compose/sent-words';
import { useThread } from './box-queries';
import { MessageMore } from './message-more';
import { MessageView } from './message-view';
import { boxPath } from './paths';
import { useMailbox } from './queries';
import { entryOf, placeOf } from './place';
import { ThreadActions } from './thread-actions';
import { repliedTo } from './thread-logic';
import { useMarkRead } from './use-mark-read';
import { usePrint } from './use-print';
import type { Pages } from './use-print';
import { useWriting } from './use-writing';

const ReplyForm = lazy(() =>
  import('../compose/reply-form').then((module) => ({ default: module.ReplyForm })),
);
const ForwardForm = lazy(() =>
  import('../compose/forward-form').then((module) => ({ default: module.ForwardForm })),
);

const DeskPanel = lazy(() =>
  import('../desk/desk-panel').then((module) => ({ default: module.DeskPanel })),
);

interface Props {
  mailboxId: string;
  box: BoxName;
  threadId: string;
}

/** The place in the box from which this conversation was opened. */
const useCameFrom = () => entryOf(placeOf(useHistoryState()));

function BackLink({ mailboxId, box }: Omit<Props, 'threadId'>) {
  const { t } = useTexts();
  return (
    <p className="p-back p-no-print">
      <Link href={boxPath(mailboxId, box)} state={useCameFrom()}>
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
  pages: Pages;
  loadingOlder: boolean;
  refresh: () => void;
}

function OpenThread(props: OpenProps) {
  const { mailboxId, box, threadId, thread, pages, loadingOlder, refresh } = props;
  const texts = useTexts();
  const { t, tn, instant } = texts;
  const [, navigate] = useLocation();
  const from = useCameFrom();
  const writing = useWriting(mailboxId, threadId, thread.messages);
  const marking = useMarkRead(mailboxId, thread.messages);
  const printing = usePrint(mailboxId, threadId, pages);
  const newest = repliedTo(thread.messages);
  const department = useMailbox(mailboxId)?.kind === 'department';
  const sent = (result: Sent) => {
    writing.close();
    flash.here(...sentWords(texts, result));
    window.scrollTo(0, 0);
    refresh();
  };
  const form = (message: Message) => {
    const { subject } = thread;
    const shared = { mailboxId, threadId, subject, message, onSent: sent, onClose: writing.close };
    return (
      <Suspense fallback={<Loading />}>
        {writing.kind === 'forward' ? (
          <ForwardForm key={message.id} {...shared} organization={thread.organization} />
        ) : (
          <ReplyForm
            key={message.id}
            {...shared}
            seen={thread.messages[0]?.id}
            onLook={() => {
              refresh();
              document.getElementById('messages')?.focus();
            }}
          />
        )}
      </Suspense>
    );
  };
  return (
    <Page title={thread.subject} className="p-thread">
      {thread.organization && (
        <p className="p-lead">{t('thread.organization', { name: thread.organization.name })}</p>
      )}
      <ThreadActions
        mailboxId={mailboxId}
        box={box}
        messages={thread.messages}
        onAnswer={newest && ((answer) => writing.start(answer, newest))}
        beforeUnread={marking.stop}
        onPrint={printing.print}
        onDone={(message) => {
          flash.onNextPage(message);
          navigate(boxPath(mailboxId, box), { state: from });
        }}
      />
      <p className="p-flat p-no-print" aria-live="polite">
        {printing.loading && tn('thread.printLoads', thread.messages.length)}
      </p>
      {department && (
        <Suspense fallback={<Loading />}>
          <DeskPanel
            mailboxId={mailboxId}
            threadId={threadId}
            writing={writing.kind === 'reply'}
            newest={thread.messages[0]?.id}
          />
        </Suspense>
      )}
      {writing.message && form(writing.message)}
      <ol id="messages" className="p-plain p-messages" aria-label={t('thread.list')} tabIndex={-1}>
        {thread.messages.map((message) => (
          <li key={message.id}>
            <MessageView mailboxId={mailboxId} threadId={threadId} message={message}>
              <MessageMore
                mailboxId={mailboxId}
                threadId={threadId}
                message={message}
                onAnswer={writing.start}
                onWithdrawn={refresh}
              />
            </MessageView>
          </li>
        ))}
      </ol>
      {pages.next && (
        <>
          <Button
            className="p-no-print"
            aria-disabled={loadingOlder || printing.loading}
            onClick={() => void pages.next?.().catch(() => undefined)}
          >
            {t('thread.older')}
          </Button>
          <p className="p-print-only">{t('thread.printedPart')}</p>
        </>
      )}
      <Notice />
      <p className="p-print-only">
        {t('thread.printed', { name: printing.name, date: instant(printing.at) })}
      </p>
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
  const next = async () => (await fetchNextPage({ throwOnError: true })).hasNextPage;
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
          key={threadId}
          mailboxId={mailboxId}
          box={box}
          threadId={threadId}
          thread={{ ...first, messages: data.pages.flatMap(({ messages }) => messages) }}
          pages={{ count: data.pages.length, next: hasNextPage ? next : null }}
          loadingOlder={isFetchingNextPage}
          refresh={() => void refetch()}
        />
      )}
    </>
  );
}
