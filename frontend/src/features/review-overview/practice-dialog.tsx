import { Dialog } from '@cmsgov/design-system';
import { Link } from 'wouter';
import { problemOf } from '../../api/client';
import { useSession } from '../../app/session-context';
import { useTexts } from '../../texts/context';
import { Loading } from '../../ui/loading';
import { ProblemAlert } from '../../ui/problem-alert';
import { decisionsOf } from '../reviews/paths';
import { dayText } from './day';
import { useOpenPeople } from './queries';
import type { OpenPerson, OverviewRow } from './types';
import { readsEvidence } from './who';

/** What the portal tells of one practice. */
const MOST_PEOPLE = 100;

function PersonLine({ person }: { person: OpenPerson }) {
  const { t, instant } = useTexts();
  const due = instant(person.due_at);
  return (
    <li className="p-entry">
      <p className="p-flat">
        <strong>{person.name}</strong>, {t(`users.role.${person.role}`)}
      </p>
      <p className={`p-flat ${person.late ? 'p-overview__late' : 'p-muted'}`}>
        {t(person.late ? 'overview.person.late' : 'overview.person.due', { due })}
      </p>
    </li>
  );
}

/** Whose reviews are open in a practice, and what comes when (REV-4). */
function PracticeDetails({ row }: { row: OverviewRow }) {
  const { t, tn, language } = useTexts();
  const { data, error, refetch } = useOpenPeople(row.organization.id);
  const reads = readsEvidence(useSession());
  return (
    <>
      <h3 className="ds-text-heading--md">{t('overview.waves')}</h3>
      {row.waves.length === 0 && <p>{t('overview.waves.none')}</p>}
      <ul>
        {row.waves.map(({ day, people }) => (
          <li key={day}>{tn('overview.wave', people, { day: dayText(language, day) })}</li>
        ))}
      </ul>
      <h3 className="ds-text-heading--md">{t('overview.people')}</h3>
      {error && !data && <ProblemAlert problem={problemOf(error)} retry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data?.items.length === 0 && <p>{t('overview.people.none')}</p>}
      <ul className="p-plain">
        {data?.items.map((person) => (
          <PersonLine key={person.id} person={person} />
        ))}
      </ul>
      {data && data.items.length >= MOST_PEOPLE && row.open > data.items.length && (
        <p>{t('overview.people.more', { shown: data.items.length, count: row.open })}</p>
      )}
      {reads && (
        <p>
          <Link href={decisionsOf(row.organization.id)}>{t('overview.decisions')}</Link>
        </p>
      )}
    </>
  );
}

interface Props {
  row: OverviewRow | null;
  onClose: () => void;
}

export function PracticeDialog({ row, onClose }: Props) {
  const { t } = useTexts();
  return (
    <Dialog
      isOpen={row !== null}
      onExit={onClose}
      heading={row?.organization.name ?? ''}
      ariaCloseLabel={t('app.close')}
    >
      {row && <PracticeDetails row={row} />}
    </Dialog>
  );
}
