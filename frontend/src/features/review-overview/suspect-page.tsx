import { Button, Dialog } from '@cmsgov/design-system';
import { useState } from 'react';
import { problemOf } from '../../api/client';
import { flash } from '../../app/announcer';
import { Page } from '../../app/page';
import { useSession } from '../../app/session-context';
import { useTexts } from '../../texts/context';
import { Loading } from '../../ui/loading';
import { ProblemAlert } from '../../ui/problem-alert';
import { currentCursor } from '../messages/cursor-stack';
import type { CursorStack } from '../messages/cursor-stack';
import { StackPager } from '../messages/pager';
import { CommentForm } from '../users/comment-form';
import { settleSuspect } from './calls';
import { OverviewTabs } from './overview-tabs';
import { useOverviewChanged, useSuspects } from './queries';
import { maySettle } from './steps';
import type { Suspect } from './types';
import { callsReviews } from './who';

/** Some of the decisions, for a look at whether they were made with care. */
function Sample({ suspect }: { suspect: Suspect }) {
  const { t, instant } = useTexts();
  return (
    <details className="p-gap-top">
      <summary>{t('overview.suspect.sample', { count: suspect.sample.length })}</summary>
      <ul className="p-plain">
        {suspect.sample.map(({ id, at, member, decision, reason }) => (
          <li key={id} className="p-entry">
            <p className="p-flat">
              <strong>{member}</strong>: {t(`overview.decision.${decision}`)}{' '}
              <time className="p-muted" dateTime={at}>
                {instant(at)}
              </time>
            </p>
            {/* Only ever text (S-IO-01). */}
            {reason && <p className="p-entry__comment">{reason}</p>}
          </li>
        ))}
      </ul>
    </details>
  );
}

interface CardProps {
  suspect: Suspect;
  onSettle: (() => void) | null;
}

function SuspectCard({ suspect, onSettle }: CardProps) {
  const { t, tn, instant } = useTexts();
  const { id, reviewer, organization, settled } = suspect;
  return (
    <li className="p-card" aria-labelledby={`suspect-${id}`}>
      <h2 id={`suspect-${id}`} className="ds-text-heading--lg p-flat">
        {t('overview.suspect.who', { reviewer: reviewer.name, practice: organization.name })}
      </h2>
      <p>{tn('overview.suspect.count', suspect.count)}</p>
      <dl className="p-facts p-user-facts">
        <dt>{t('overview.suspect.from')}</dt>
        <dd>{instant(suspect.from)}</dd>
        <dt>{t('overview.suspect.to')}</dt>
        <dd>{instant(suspect.to)}</dd>
        {settled && (
          <>
            <dt>{t('overview.settled')}</dt>
            <dd>
              {settled.name}, {instant(settled.at)}
              <span className="p-overview__finding">{settled.finding}</span>
            </dd>
          </>
        )}
      </dl>
      <Sample suspect={suspect} />
      {onSettle && (
        <div className="p-actions p-gap-top">
          <Button aria-describedby={`suspect-${id}`} onClick={onSettle}>
            {t('overview.settle')}
          </Button>
        </div>
      )}
    </li>
  );
}

/** Reviews that were decided faster than anybody reads, with some of what was decided (S-AZ-09). */
export function SuspectPage() {
  const { t } = useTexts();
  const [stack, setStack] = useState<CursorStack>([]);
  const [settling, setSettling] = useState<Suspect | null>(null);
  const changed = useOverviewChanged();
  const settles = callsReviews(useSession());
  const { data, error, refetch, isPlaceholderData } = useSuspects(currentCursor(stack));
  return (
    <Page title={t('overview.suspect.title')}>
      <OverviewTabs />
      <p className="p-lead p-roster__lead">{t('overview.suspect.lead')}</p>
      {error && !data && <ProblemAlert problem={problemOf(error)} retry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data?.items.length === 0 && (
        <p className="p-empty p-empty--alone">{t('overview.suspect.none')}</p>
      )}
      <ul className="p-plain p-overview__list">
        {data?.items.map((suspect) => (
          <SuspectCard
            key={suspect.id}
            suspect={suspect}
            onSettle={settles && maySettle(suspect) ? () => setSettling(suspect) : null}
          />
        ))}
      </ul>
      {data && (
        <StackPager
          label={t('overview.suspect.pages')}
          stack={stack}
          next={isPlaceholderData ? null : data.next_cursor}
          onMove={setStack}
        />
      )}
      <Dialog
        isOpen={settling !== null}
        onExit={() => setSettling(null)}
        heading={t('overview.settle')}
        ariaCloseLabel={t('app.close')}
      >
        {settling && (
          <CommentForm
            id="suspect-finding"
            heading={t('overview.settle.problem')}
            label={t('overview.settle.finding')}
            required
            submit={t('overview.settle')}
            busy={t('overview.busy')}
            send={async (finding) => {
              await settleSuspect(settling.id, finding);
              setSettling(null);
              flash.here(t('overview.settle.done'));
              void changed();
              window.scrollTo(0, 0);
              // The button is gone.
              document.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true });
            }}
            onClose={() => setSettling(null)}
          >
            <p>{t('overview.settle.body')}</p>
          </CommentForm>
        )}
      </Dialog>
    </Page>
  );
}
