import '../../texts/access';
import { Link } from 'wouter';
import { problemOf } from '../../api/client';
import { useTexts } from '../../texts/context';
import { ProblemAlert } from '../../ui/problem-alert';
import { featurePath, LEVELS } from './levels';
import { useFeatures } from './queries';

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
