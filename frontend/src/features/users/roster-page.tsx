import { Alert, Button } from '@cmsgov/design-system';
import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import { problemOf } from '../../api/client';
import type { Problem } from '../../api/types';
import { flash } from '../../app/announcer';
import { Page } from '../../app/page';
import { useSession } from '../../app/session-context';
import { startSession } from '../../app/session-store';
import { useTexts } from '../../texts/context';
import { Loading } from '../../ui/loading';
import { ProblemAlert } from '../../ui/problem-alert';
import { deleteHandover } from './calls';
import { HandoverDialog } from './handover-dialog';
import { NEW_BACKUP, userPath } from './paths';
import { useChanged, useRoster } from './queries';
import { RosterWarnings } from './roster-warnings';
import { StatusTag } from './status-tag';
import type { Person, Roster } from './types';
import { UsersTabs } from './users-tabs';

function PersonLine({ person }: { person: Person }) {
  return (
    <>
      <Link href={userPath(person.id)}>{person.name}</Link>{' '}
      <span className="p-muted">{person.email}</span>
    </>
  );
}

function Pending({ handover }: { handover: NonNullable<Roster['handover']> }) {
  const { t } = useTexts();
  const changed = useChanged();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const holdsSeat = useSession().membership?.role === 'local_administrator';
  const { name, email } = handover.member;
  const role = t(`users.role.${handover.former_becomes}`);
  const cancel = async () => {
    if (busy) return;
    setBusy(true);
    setProblem(null);
    try {
      changed.roster(await deleteHandover());
      flash.here(t('users.handover.cancelled'));
      window.scrollTo(0, 0);
      document.getElementById('roster-seat')?.focus({ preventScroll: true });
    } catch (error) {
      setProblem(problemOf(error));
      setBusy(false);
    }
  };
  return (
    <Alert role="region" heading={t('users.handover.pending')} headingLevel="3">
      <p className="p-flat">{t('users.handover.pendingBody', { name, email, role })}</p>
      {handover.decided_by_plan && <p className="p-flat">{t('users.handover.decidedByPlan')}</p>}
      {holdsSeat && !handover.decided_by_plan && (
        <Button
          size="small"
          className="p-gap-top"
          aria-disabled={busy}
          onClick={() => void cancel()}
        >
          {t('users.handover.cancel')}
        </Button>
      )}
      {problem && <ProblemAlert problem={problem} autoFocus />}
    </Alert>
  );
}

function Seat({ roster }: { roster: Roster }) {
  const { t } = useTexts();
  const [, navigate] = useLocation();
  const session = useSession();
  const changed = useChanged();
  const [open, setOpen] = useState(false);
  const holdsSeat = session.membership?.role === 'local_administrator';
  return (
    <section className="p-card" aria-labelledby="roster-seat">
      <h2 id="roster-seat" className="ds-text-heading--lg p-flat" tabIndex={-1}>
        {t('users.roster.seat')}
      </h2>
      {roster.seat ? (
        <p className="p-roster__seat">
          <PersonLine person={roster.seat} /> <StatusTag status={roster.seat.status} />
        </p>
      ) : (
        <p className="p-roster__seat">{t('users.roster.vacant')}</p>
      )}
      {roster.handover && <Pending handover={roster.handover} />}
      {holdsSeat && !roster.handover && (
        <Button onClick={() => setOpen(true)}>{t('users.handover')}</Button>
      )}
      {!holdsSeat && <p className="p-flat p-muted">{t('users.roster.onlySeat')}</p>}
      <HandoverDialog
        roster={roster}
        open={open}
        onClose={() => setOpen(false)}
        onDone={(after, { id, name }) => {
          setOpen(false);
          changed.roster(after);
          const moved = after.seat?.id === id;
          if (!moved) {
            flash.here(t('users.handover.waits', { name }));
            window.scrollTo(0, 0);
            return;
          }
          flash.onNextPage(t('users.handover.done', { name }));
          // One's own role is another one now, and with it what one may open.
          void startSession().then(() => navigate('/'));
        }}
      />
    </section>
  );
}

/** Who administers the practice: the seat, the backups, and handing the seat over (ORG-3 to ORG-5). */
export function RosterPage() {
  const { t } = useTexts();
  const { data, error, refetch } = useRoster();
  return (
    <Page title={t('users.roster.title')} className="p-user-form">
      <UsersTabs />
      <p className="p-lead p-roster__lead">{t('users.roster.lead')}</p>
      {error && !data && <ProblemAlert problem={problemOf(error)} retry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data && (
        <>
          <RosterWarnings roster={data} />
          <Seat roster={data} />
          <section className="p-card" aria-labelledby="roster-backups">
            <h2 id="roster-backups" className="ds-text-heading--lg p-flat">
              {t('users.roster.backups')}
            </h2>
            {data.backups.length === 0 && <p>{t('users.roster.noBackups')}</p>}
            <ul className="p-plain p-roster__list">
              {data.backups.map((person) => (
                <li key={person.id}>
                  <PersonLine person={person} />
                </li>
              ))}
            </ul>
            <p className="p-flat p-gap-top">
              <Link href={NEW_BACKUP}>{t('users.roster.enrollBackup')}</Link>
            </p>
          </section>
        </>
      )}
    </Page>
  );
}
