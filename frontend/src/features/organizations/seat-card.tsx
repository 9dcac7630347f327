import { Button, Dialog } from '@cmsgov/design-system';
import { useState } from 'react';
import { problemOf } from '../../api/client';
import { flash } from '../../app/announcer';
import { useTexts } from '../../texts/context';
import { Loading } from '../../ui/loading';
import { ProblemAlert } from '../../ui/problem-alert';
import { useAction } from '../../ui/use-action';
import { approveBackup } from './calls';
import { seatIsVacant } from './onboarding-steps';
import { useOrganizationsChanged, useSeat } from './queries';
import type { Organization, SeatPerson } from './types';

interface ApproveProps {
  organization: Organization;
  candidate: SeatPerson;
  onDone: () => void;
  onClose: () => void;
}

function Approve({ organization, candidate, onDone, onClose }: ApproveProps) {
  const { t } = useTexts();
  const { busy, problem, act } = useAction();
  const go = () =>
    act(async () => {
      await approveBackup(organization.id, candidate.id);
      onDone();
    });
  return (
    <>
      {problem && <ProblemAlert problem={problem} heading={t('seat.problem')} autoFocus />}
      <p>{t('seat.body', { name: candidate.name, practice: organization.name })}</p>
      <p>{candidate.email}</p>
      <div className="p-actions p-dialog-actions">
        <Button variation="solid" aria-disabled={busy} onClick={() => void go()}>
          {t(busy ? 'overview.busy' : 'seat.approve')}
        </Button>
        <Button variation="ghost" onClick={onClose}>
          {t('users.cancel')}
        </Button>
      </div>
    </>
  );
}

/** Where nobody is local administrator: a backup may get the seat by enrollment's word (ORG-4). */
function VacantSeat({ organization }: { organization: Organization }) {
  const { t } = useTexts();
  const { data, error, refetch } = useSeat(organization.id);
  const [chosen, setChosen] = useState<SeatPerson | null>(null);
  const changed = useOrganizationsChanged();
  const close = () => {
    setChosen(null);
    return changed();
  };
  return (
    <section className="p-card p-no-print" aria-labelledby="organization-seat">
      <h2 id="organization-seat" className="ds-text-heading--lg p-flat">
        {t('seat.title')}
      </h2>
      <p>{t('seat.lead')}</p>
      {error && !data && <ProblemAlert problem={problemOf(error)} retry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data?.own && <p>{t('seat.own')}</p>}
      {data?.candidates.length === 0 && <p className="p-flat">{t('seat.none')}</p>}
      <ul className="p-plain">
        {data?.candidates.map((candidate) => (
          <li key={candidate.id} className="p-entry p-seat__row">
            <span>
              <strong>{candidate.name}</strong>
              <span className="p-muted p-aboard__line">{candidate.email}</span>
            </span>
            {!data.own && (
              <Button
                size="small"
                aria-label={t('seat.approveName', { name: candidate.name })}
                onClick={() => setChosen(candidate)}
              >
                {t('seat.approve')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <Dialog
        isOpen={chosen !== null}
        onExit={() => void close()}
        heading={chosen && t('seat.approveName', { name: chosen.name })}
        ariaCloseLabel={t('app.close')}
      >
        {chosen && (
          <Approve
            organization={organization}
            candidate={chosen}
            onDone={() => {
              void close();
              flash.here(t('seat.done', { name: chosen.name }));
              window.scrollTo(0, 0);
              // The card is gone with the vacancy.
              document.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true });
            }}
            onClose={() => void close()}
          />
        )}
      </Dialog>
    </section>
  );
}

export function SeatCard({ organization }: { organization: Organization }) {
  if (organization.closed_at || !seatIsVacant(organization.onboarding)) return null;
  return <VacantSeat organization={organization} />;
}
