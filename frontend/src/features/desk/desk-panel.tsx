import '../../styles/desk.css';
import '../../texts/desk';
import { Alert } from '@cmsgov/design-system';
import { useEffect, useState } from 'react';
import { problemOf } from '../../api/client';
import type { Problem } from '../../api/types';
import { flash } from '../../app/announcer';
import { useTexts } from '../../texts/context';
import { Loading } from '../../ui/loading';
import { ProblemAlert } from '../../ui/problem-alert';
import { deleteAnswering, postMove, putAnswering } from './calls';
import { DeskMoves } from './desk-moves';
import { Notes } from './notes';
import { useDesk, useDeskChanged } from './queries';
import type { Conversation, Move } from './types';
import { StateTag, WaitingSince } from './words';

/** Holds for 45 seconds on the portal's side. */
const STILL_WRITING_MS = 20_000;

/** Tells the colleagues that one is writing an answer, as long as the form is open. */
function useAnswering(mailboxId: string, threadId: string, writing: boolean) {
  useEffect(() => {
    if (!writing) return undefined;
    // Not told is no harm: whoever answers after a colleague is asked before it goes.
    const tell = () => void putAnswering(mailboxId, threadId).catch(() => undefined);
    tell();
    const timer = window.setInterval(tell, STILL_WRITING_MS);
    return () => {
      window.clearInterval(timer);
      void deleteAnswering(mailboxId, threadId).catch(() => undefined);
    };
  }, [mailboxId, threadId, writing]);
}

function People({ people }: { people: Conversation['read_by'] }) {
  const { t, instant } = useTexts();
  if (people.length === 0) return <>{t('desk.nobody')}</>;
  return (
    <ul className="p-plain">
      {people.map(({ name, at }) => (
        <li key={name + at}>
          {name}, <time dateTime={at}>{instant(at)}</time>
        </li>
      ))}
    </ul>
  );
}

function Facts({ conversation }: { conversation: Conversation }) {
  const { t } = useTexts();
  const { state, waiting_since, claimed_by, read_by, answered_by } = conversation;
  return (
    <dl className="p-facts">
      <dt>{t('desk.state')}</dt>
      <dd>
        <StateTag state={state} />
      </dd>
      {waiting_since && (
        <>
          <dt>{t('desk.waiting')}</dt>
          <dd>
            <WaitingSince since={waiting_since} />
          </dd>
        </>
      )}
      <dt>{t('desk.claimedBy')}</dt>
      <dd>{claimed_by?.name ?? t('desk.nobody')}</dd>
      <dt>{t('desk.readBy')}</dt>
      <dd>
        <People people={read_by} />
      </dd>
      <dt>{t('desk.answeredBy')}</dt>
      <dd>
        <People people={answered_by} />
      </dd>
    </dl>
  );
}

interface Props {
  mailboxId: string;
  threadId: string;
  /** Whether the form of an answer is open. */
  writing: boolean;
  /** The newest message on the page: what came or went since moves the conversation along. */
  newest: string | undefined;
}

/** What goes on around a conversation, among the agents of its department (MSG-6). */
export function DeskPanel({ mailboxId, threadId, writing, newest }: Props) {
  const { t } = useTexts();
  const { data, error, refetch } = useDesk(mailboxId, threadId);
  const changed = useDeskChanged(mailboxId, threadId);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  useAnswering(mailboxId, threadId, writing);
  useEffect(() => {
    void changed();
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [newest]);
  const move = async (verb: Move, to: string | null = null) => {
    if (busy || !data) return;
    setBusy(true);
    setProblem(null);
    try {
      await postMove(mailboxId, threadId, data.conversation.version, verb, to);
      flash.here(t(`desk.done.${verb}`));
      // The button that was pressed may be gone.
      document.getElementById('desk-heading')?.focus();
    } catch (failure) {
      setProblem(problemOf(failure));
    } finally {
      await changed();
      setBusy(false);
    }
  };
  // A thread that never came to this department, only went from it, has nothing to be done.
  if (error && problemOf(error).status === 404) return null;
  return (
    <section className="p-card p-desk p-no-print" aria-labelledby="desk-heading">
      <h2 id="desk-heading" className="ds-text-heading--lg p-flat" tabIndex={-1}>
        {t('desk.heading')}
      </h2>
      {error && !data && <ProblemAlert problem={problemOf(error)} retry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data && (
        <>
          <div aria-live="polite">
            {data.answering.length > 0 && (
              <Alert variation="warn" role="region" heading={t('desk.answering')} headingLevel="3">
                <p className="p-flat">
                  {t('desk.answeringBy', {
                    names: data.answering.map(({ name }) => name).join('; '),
                  })}
                </p>
              </Alert>
            )}
          </div>
          {problem && <ProblemAlert problem={problem} autoFocus />}
          <Facts conversation={data.conversation} />
          <DeskMoves
            mailboxId={mailboxId}
            conversation={data.conversation}
            busy={busy}
            onMove={(verb, to) => void move(verb, to)}
          />
          <Notes mailboxId={mailboxId} threadId={threadId} first={data.notes} />
        </>
      )}
    </section>
  );
}
