import '../../texts/access';
import { Link } from 'wouter';
import { problemOf } from '../../api/client';
import type { AttentionItem } from '../../api/types';
import { useTexts } from '../../texts/context';
import { ProblemAlert } from '../../ui/problem-alert';
import { RESETS } from '../helpdesk/paths';
import { featurePath, LEVELS } from './levels';
import { useAttention, useFeatures } from './queries';

const LISTS = {
  verification_pending: '/users?status=verification_pending',
  access_request: '/users?attention=true',
  invitation_expired: '/users?status=unverified&attention=true',
} as const;

/** Somebody called the helpdesk, and an administrator is asked to confirm (CRD-5). */
function ResetTask({ item }: { item: AttentionItem }) {
  const { t, tn } = useTexts();
  return (
    <li className="p-task">
      <Link href={RESETS} className="p-strong">
        {tn('attention.reset_case', item.count)}
      </Link>
      {item.more && <span> ({t('attention.more', { count: item.count })})</span>}
    </li>
  );
}

function Task({ item }: { item: AttentionItem }) {
  const { t, tn } = useTexts();
  switch (item.kind) {
    case 'verification_pending':
    case 'access_request':
    case 'invitation_expired':
      return (
        <li className="p-task">
          <Link href={LISTS[item.kind]} className="p-strong">
            {tn(`attention.${item.kind}`, item.count)}
          </Link>
          {item.more && <span> ({t('attention.more', { count: item.count })})</span>}
          <ul className="p-plain p-task__people">
            {item.members.map(({ id, name }) => (
              <li key={id}>
                <Link href={`/users/${encodeURIComponent(id)}`}>{name}</Link>
              </li>
            ))}
          </ul>
        </li>
      );
    case 'reset_case':
      return <ResetTask item={item} />;
    default:
      return (
        <li className="p-task">
          <Link href="/users/administrators" className="p-strong">
            {t(`attention.${item.kind}`)}
          </Link>
        </li>
      );
  }
}

/** What waits for an administrator (NOT-5). */
export function AttentionList() {
  const { t } = useTexts();
  const { data, error, refetch } = useAttention();
  return (
    <section className="p-card p-attention" aria-labelledby="home-attention">
      <h2 id="home-attention" className="ds-text-heading--lg p-flat">
        {t('attention.title')}
      </h2>
      {error && !data && <ProblemAlert problem={problemOf(error)} retry={() => void refetch()} />}
      {data?.items.length === 0 && <p className="p-flat">{t('attention.nothing')}</p>}
      <ul className="p-plain">
        {data?.items.map((item) => (
          <Task key={item.kind} item={item} />
        ))}
      </ul>
    </section>
  );
}

/** The parts of the portal behind access levels: what one holds is coming, the rest can be asked for (ACC-9). */
export function FeatureCards() {
  const { t } = useTexts();
  const { data, error, refetch } = useFeatures();
  const features = LEVELS.flatMap(
    (level) => data?.items.find((item) => item.access_level === level) ?? [],
  );
  return (
    <>
      <h2 id="features" className="ds-text-heading--lg">
        {t('access.features')}
      </h2>
      {error && !data && <ProblemAlert problem={problemOf(error)} retry={() => void refetch()} />}
      <ul className="p-cards p-cards--small">
        {features.map(({ access_level: level, held, requested }) => {
          const name = t(`access.level.${level}`);
          const ready = held && level === 'manage_account';
          const state = held ? 'access.coming' : requested ? 'access.requested' : 'access.notHeld';
          return (
            <li key={level} className="p-card p-feature">
              <h3 className="ds-text-heading--md p-flat">{name}</h3>
              <p>{t(`access.about.${level}`)}</p>
              {!ready && <p className="p-muted p-strong">{t(state)}</p>}
              <Link href={ready ? '/users' : featurePath(level)}>
                {ready
                  ? t('access.manage')
                  : t(held ? 'access.open' : 'access.how', { level: name })}
              </Link>
            </li>
          );
        })}
      </ul>
    </>
  );
}
