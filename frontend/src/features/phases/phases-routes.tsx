import '../../styles/phases.css';
import '../../styles/staff.css';
import '../../styles/users.css';
import '../../texts/access';
import '../../texts/messages';
import '../../texts/phases';
import '../../texts/staff';
import '../../texts/users';
import { Link, Route, Switch } from 'wouter';
import { problemOf } from '../../api/client';
import { NotFound } from '../../app/not-found';
import { Page } from '../../app/page';
import { useSession } from '../../app/session-context';
import { useTexts } from '../../texts/context';
import { Loading } from '../../ui/loading';
import { ProblemAlert } from '../../ui/problem-alert';
import { Exceptions } from './exceptions';
import { PHASES } from './paths';
import { usePhases } from './queries';
import { ScopeFeatures } from './scope-features';
import { PLAN } from './types';

/** What holds for the whole plan, and the exceptions (ORG-8). */
function PhasesPage() {
  const { t } = useTexts();
  const { data, error, refetch } = usePhases(PLAN);
  return (
    <Page title={t('phases.title')}>
      <p className="p-lead">{t('phases.lead')}</p>
      <h2 className="ds-text-heading--lg">{t('phases.plan')}</h2>
      {error && !data && <ProblemAlert problem={problemOf(error)} retry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data && <ScopeFeatures scope={data} />}
      <div className="p-gap-top">
        <Exceptions of="wave" />
      </div>
      <div className="p-gap-top">
        <Exceptions of="organization" />
      </div>
    </Page>
  );
}

/** What holds for one wave or practice. */
function ScopePage({ id }: { id: string }) {
  const { t } = useTexts();
  const { data, error, refetch } = usePhases(id);
  if (error && problemOf(error).status === 404) return <NotFound />;
  if (!data && !error) return <Loading />;
  return (
    <>
      <p className="p-back">
        <Link href={PHASES}>{t('phases.back')}</Link>
      </p>
      <Page title={data?.name ?? t('phases.title')}>
        {error && !data && <ProblemAlert problem={problemOf(error)} retry={() => void refetch()} />}
        {data && (
          <>
            <p className="p-lead">
              {t(data.scope === 'wave' ? 'phases.leadWave' : 'phases.leadOrganization')}
            </p>
            {data.wave && <p>{t('phases.ofWave', { name: data.wave.name })}</p>}
            <h2 className="ds-text-heading--lg">{t('phases.title')}</h2>
            <ScopeFeatures scope={data} />
          </>
        )}
      </Page>
    </>
  );
}

/** Features in phases, for plan administrators. */
export function PhasesRoutes() {
  const { staff } = useSession();
  if (!staff?.roles.includes('plan_administrator')) return <NotFound />;
  return (
    <Switch>
      <Route path={PHASES}>
        <PhasesPage />
      </Route>
      <Route path={`${PHASES}/:scope`}>
        {({ scope }) => (scope === PLAN ? <NotFound /> : <ScopePage key={scope} id={scope} />)}
      </Route>
      <Route>
        <NotFound />
      </Route>
    </Switch>
  );
}
