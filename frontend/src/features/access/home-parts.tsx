import '../../styles/phases.css';
import '../../texts/access';
import { Link } from 'wouter';
import type { components } from '../../api/schema';
import { problemOf } from '../../api/client';
import { useTexts } from '../../texts/context';
import { ProblemAlert } from '../../ui/problem-alert';
import { featurePath, LEVELS } from './levels';
import { PhaseLines } from './phase-lines';
import { useFeatures } from './queries';

type Part = components['schemas']['FeatureView'];

function PartCard({ part }: { part: Part }) {
  const { t } = useTexts();
  const { access_level: level, held, requested, state, features } = part;
  const name = t(`access.level.${level}`);
  const ready = held && level === 'manage_account';
  return (
    <li className="p-card p-feature">
      <h3 className="ds-text-heading--md p-flat">{name}</h3>
      <p>{t(`access.about.${level}`)}</p>
      <PhaseLines features={features} />
      {held && state === 'coming' && <p className="p-flat">{t('access.ahead')}</p>}
      {!held && (
        <p className="p-flat p-muted p-strong">
          {t(requested ? 'access.requested' : 'access.notHeld')}
        </p>
      )}
      <Link href={ready ? '/users' : featurePath(level)}>
        {ready ? t('access.manage') : t(held ? 'access.open' : 'access.how', { level: name })}
      </Link>
    </li>
  );
}

/** The parts of the portal behind access levels: what one holds, what is coming (ORG-8), what can be asked for (ACC-9). */
export function FeatureCards() {
  const { t } = useTexts();
  const { data, error, refetch } = useFeatures();
  const parts = LEVELS.flatMap(
    (level) => data?.items.find((item) => item.access_level === level) ?? [],
  );
  return (
    <>
      <h2 id="features" className="ds-text-heading--lg">
        {t('access.features')}
      </h2>
      {error && !data && <ProblemAlert problem={problemOf(error)} retry={() => void refetch()} />}
      <ul className="p-cards p-cards--small">
        {parts.map((part) => (
          <PartCard key={part.access_level} part={part} />
        ))}
      </ul>
    </>
  );
}
