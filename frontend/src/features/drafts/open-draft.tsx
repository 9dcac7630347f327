import '../../texts/compose';
import { useEffect, useState } from 'react';
import { Link, Redirect } from 'wouter';
import { problemOf } from '../../api/client';
import { Page } from '../../app/page';
import { useTexts } from '../../texts/context';
import { Loading } from '../../ui/loading';
import { ProblemAlert } from '../../ui/problem-alert';
import { drafts, forwardKey, newKey, replyKey } from '../compose/draft-store';
import { draftsPath, threadPath } from '../messages/paths';
import type { DraftView } from './calls';
import { useKeptDraft } from './queries';
import { draftOf } from './shapes';

/** Where a draft is gone on with: an answer or a forwarding belongs to its conversation. */
function keyOf(mailbox: string, { mode, thread_id }: DraftView): string {
  if (mode === 'new' || thread_id === null) return newKey(mailbox);
  return mode === 'forward' ? forwardKey(mailbox, thread_id) : replyKey(mailbox, thread_id);
}

interface Props {
  mailboxId: string;
  draftId: string;
  /** It is here now, and belongs to a new message. */
  onOpen: () => void;
}

/** Brings a kept draft into this page. */
export function OpenDraft({ mailboxId, draftId, onOpen }: Props) {
  const { t } = useTexts();
  const { data, error, refetch } = useKeptDraft(mailboxId, draftId);
  // The conversation looks for it as soon as it opens, so it comes after.
  const [conversation, setConversation] = useState<string | null>(null);
  useEffect(() => {
    if (!data) return;
    drafts.update(keyOf(mailboxId, data), () => draftOf(data));
    if (data.mode === 'new') onOpen();
    else setConversation(data.thread_id);
    // Once for each answer: what is typed after it must stay.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [data]);
  if (error) {
    const problem = problemOf(error);
    return (
      <Page title={t('drafts.title')}>
        {problem.status === 404 ? (
          <p>{t('drafts.missing')}</p>
        ) : (
          <ProblemAlert problem={problem} retry={() => void refetch()} />
        )}
        <Link href={draftsPath(mailboxId)}>{t('drafts.all')}</Link>
      </Page>
    );
  }
  if (conversation !== null) {
    return <Redirect to={threadPath(mailboxId, 'inbox', conversation)} replace />;
  }
  return <Loading />;
}
