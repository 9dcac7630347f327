import '../../styles/phases.css';
import '../../texts/access';
import { Alert, Button } from '@cmsgov/design-system';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { Link } from 'wouter';
import { problemOf } from '../../api/client';
import type { AccessLevel } from '../../api/types';
import { flash } from '../../app/announcer';
import { NotFound } from '../../app/not-found';
import { Page } from '../../app/page';
import { useTexts } from '../../texts/context';
import { Loading } from '../../ui/loading';
import { ProblemAlert } from '../../ui/problem-alert';
import { useAction } from '../../ui/use-action';
import { getAdministrators, getFeature, postAccessRequest } from './calls';
import { levelOf } from './levels';
import { PhaseLines } from './phase-lines';
import { useFeatures } from './queries';

function RequestButton({ level }: { level: AccessLevel }) {
  const { t } = useTexts();
  const client = useQueryClient();
  // The same key for every try of this one request.
  const key = useRef(crypto.randomUUID());
  const { busy, problem, act } = useAction();
  const ask = async () => {
    await postAccessRequest(level, key.current);
    await client.invalidateQueries({ queryKey: ['features'] });
    flash.here(t('access.requestSent', { level: t(`access.level.${level}`) }));
    window.scrollTo(0, 0);
    document.getElementById('access-state')?.focus({ preventScroll: true });
  };
  return (
    <>
      {problem && <ProblemAlert problem={problem} heading={t('access.requestProblem')} autoFocus />}
      <Button variation="solid" aria-disabled={busy} onClick={() => void act(ask)}>
        {t(busy ? 'access.requestBusy' : 'access.request')}
      </Button>
    </>
  );
}

function Administrators() {
  const { t } = useTexts();
  const { data, error, refetch } = useQuery({
    queryKey: ['administrators'],
    queryFn: ({ signal }) => getAdministrators(signal),
  });
  return (
    <section className="p-card p-access" aria-labelledby="access-administrators">
      <h2 id="access-administrators" className="ds-text-heading--lg p-flat">
        {t('access.administrators')}
      </h2>
      {error && !data && <ProblemAlert problem={problemOf(error)} retry={() => void refetch()} />}
      {data?.items.length === 0 && <p>{t('access.noAdministrators')}</p>}
      <ul className="p-plain p-gap-top">
        {data?.items.map(({ name, email }) => (
          <li key={email}>
            <span className="p-strong">{name}</span>
            {', '}
            <a href={`mailto:${email}`}>{email}</a>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** ACC-9: says that the access level is wanting, names the administrators and offers to ask for it. */
function Refused({ level }: { level: AccessLevel }) {
  const { t } = useTexts();
  const { data, error, refetch } = useFeatures();
  const feature = data?.items.find((item) => item.access_level === level);
  const name = t(`access.level.${level}`);
  return (
    <Page title={name} heading={t('access.refused', { level: name })}>
      <p className="p-lead">{t(`access.about.${level}`)}</p>
      <p>{t('access.refusedBody')}</p>
      {error && !data && <ProblemAlert problem={problemOf(error)} retry={() => void refetch()} />}
      <div id="access-state" className="p-access-state" tabIndex={-1}>
        {feature && <PhaseLines features={feature.features} />}
        {feature?.requested && (
          <Alert role="region" heading={t('access.requested')} headingLevel="2">
            <p className="p-flat">{t('access.requestedBody')}</p>
          </Alert>
        )}
        {feature && !feature.requested && !feature.requestable && (
          <p className="p-strong">
            {t(level === 'manage_account' ? 'access.followsRole' : 'access.notEntitled')}
          </p>
        )}
        {feature && !feature.requested && feature.requestable && <RequestButton level={level} />}
      </div>
      <Administrators />
      <p>
        <Link href="/">{t('access.home')}</Link>
      </p>
    </Page>
  );
}

/** The level is there, and its features are not yet: from when they are, as the plan says (ORG-8). */
function Coming({ level }: { level: AccessLevel }) {
  const { t } = useTexts();
  const { data, error, refetch } = useFeatures();
  const part = data?.items.find((item) => item.access_level === level);
  return (
    <Page title={t(`access.level.${level}`)}>
      <p className="p-lead">{t(`access.about.${level}`)}</p>
      {error && !data && <ProblemAlert problem={problemOf(error)} retry={() => void refetch()} />}
      <Alert role="region" heading={t('access.coming')} headingLevel="2">
        <p className="p-flat">{t('access.comingBody')}</p>
        {part && <PhaseLines features={part.features} />}
      </Alert>
      <p>
        <Link href="/">{t('access.home')}</Link>
      </p>
    </Page>
  );
}

function Feature({ level }: { level: AccessLevel }) {
  const { t } = useTexts();
  const { data, error, refetch } = useQuery({
    queryKey: ['feature', level],
    queryFn: ({ signal }) => getFeature(level, signal),
    // Somebody may have granted it a moment ago.
    gcTime: 0,
  });
  const name = t(`access.level.${level}`);
  const code = error && problemOf(error).code;
  if (code === 'access_level_required') return <Refused level={level} />;
  if (code === 'feature_coming') return <Coming level={level} />;
  if (!data && !error) return <Loading />;
  return (
    <Page title={name}>
      {error && <ProblemAlert problem={problemOf(error)} retry={() => void refetch()} />}
      {data && (
        <>
          <p className="p-lead">{t(`access.about.${level}`)}</p>
          <PhaseLines features={data.features} />
          {level !== 'manage_account' && <p>{t('access.onBody')}</p>}
          {level === 'manage_account' && (
            <p>
              <Link href="/users">{t('access.manage')}</Link>
            </p>
          )}
          <p>
            <Link href="/">{t('access.home')}</Link>
          </p>
        </>
      )}
    </Page>
  );
}

/** One part of the portal behind an access level (ACC-5, ACC-9). */
export function FeaturePage({ name }: { name: string }) {
  const level = levelOf(name);
  return level ? <Feature level={level} /> : <NotFound />;
}
