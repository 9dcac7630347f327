import '../../styles/staff.css';
import '../../styles/users.css';
import '../../texts/sharing';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { problemOf } from '../../api/client';
import { NotFound } from '../../app/not-found';
import { Page } from '../../app/page';
import { useSession } from '../../app/session-context';
import { useTexts } from '../../texts/context';
import { Loading } from '../../ui/loading';
import { ProblemAlert } from '../../ui/problem-alert';
import { NEW_USER, userPath } from '../users/paths';
import { getSharingSignals } from './calls';
import { Reasons } from './reasons';
import type { Signal } from './types';

function SignalCard({ signal }: { signal: Signal }) {
  const { t, instant } = useTexts();
  const id = `sharing-${signal.membership_id}`;
  return (
    <li className="p-card" aria-labelledby={id}>
      <h2 id={id} className="ds-text-heading--lg p-flat">
        <Link href={userPath(signal.membership_id)}>{signal.name}</Link>
      </h2>
      <p className="p-flat">{t('sharing.since', { since: instant(signal.since) })}</p>
      <Reasons reasons={signal.reasons} />
      <div className="p-actions">
        <Link href={NEW_USER} className="ds-c-button ds-c-button--solid" aria-describedby={id}>
          {t('sharing.invite')}
        </Link>
      </div>
    </li>
  );
}

/** Colleagues whose sign-in seems to be used by several people, with the remedy beside it (ACC-10, S-SHARE-04). */
export function SignalsPage() {
  const { t } = useTexts();
  const { membership } = useSession();
  const administers = membership !== null && membership.role !== 'general_user';
  const { data, error, refetch } = useQuery({
    queryKey: ['sharing', 'signals'],
    queryFn: ({ signal }) => getSharingSignals(signal),
    enabled: administers,
  });
  if (!administers) return <NotFound />;
  return (
    <>
      <p className="p-back">
        <Link href="/users">{t('sharing.back')}</Link>
      </p>
      <Page title={t('sharing.title')}>
        <p className="p-lead">{t('sharing.lead')}</p>
        {error && !data && <ProblemAlert problem={problemOf(error)} retry={() => void refetch()} />}
        {!data && !error && <Loading />}
        {data?.items.length === 0 && <p className="p-empty p-empty--alone">{t('sharing.none')}</p>}
        <ul className="p-plain p-cards">
          {data?.items.map((signal) => (
            <SignalCard key={signal.membership_id} signal={signal} />
          ))}
        </ul>
        {data?.more && <p>{t('sharing.more')}</p>}
      </Page>
    </>
  );
}
