import { Link } from 'wouter';
import { problemOf } from '../../api/client';
import { Page } from '../../app/page';
import { useTexts } from '../../texts/context';
import { Loading } from '../../ui/loading';
import { ProblemAlert } from '../../ui/problem-alert';
import type { Side } from './calls';
import { spelledCode } from './case-facts';
import { isLive, StateTag, TimeLeft } from './case-words';
import { Decision } from './decision';
import { listPath } from './paths';
import { useCase } from './queries';
import type { ResetCase } from './types';
import { Withdraw } from './withdraw';

/** Big, so that it is read out and compared without a slip. */
function Code({ side, found }: { side: Side; found: ResetCase }) {
  const { t } = useTexts();
  return (
    <section className="p-card" aria-labelledby="case-code">
      <h2 id="case-code" className="ds-text-heading--lg p-flat">
        {t('cases.code')}
      </h2>
      <p className="p-case__code">
        <span aria-hidden="true">{found.code}</span>
        <span className="ds-u-visibility--screen-reader">{spelledCode(found.code)}</span>
      </p>
      <p className="p-flat">{t(`cases.code.${side}`, { name: found.person.name })}</p>
    </section>
  );
}

function Facts({ found }: { found: ResetCase }) {
  const { t, instant } = useTexts();
  return (
    <section className="p-card" aria-labelledby="case-facts">
      <h2 id="case-facts" className="ds-text-heading--lg p-flat" tabIndex={-1}>
        {t('cases.facts')}
      </h2>
      {/* What was typed is only ever text (S-IO-01). */}
      <dl className="p-facts p-user-facts">
        <dt>{t('cases.state')}</dt>
        <dd>
          <StateTag state={found.state} />
        </dd>
        <dt>{t('cases.person')}</dt>
        <dd>
          {found.person.name}
          <br />
          {found.person.email}
        </dd>
        <dt>{t('cases.organization')}</dt>
        <dd>{found.organization?.name ?? t('cases.ofPlan')}</dd>
        <dt>{t('cases.caller')}</dt>
        <dd>{found.caller}</dd>
        <dt>{t('cases.reason')}</dt>
        <dd className="p-case__reason">{found.reason}</dd>
        <dt>{t('cases.opened')}</dt>
        <dd>
          {found.opened_by}
          <br />
          {instant(found.opened_at)}
        </dd>
        <dt>{t('cases.ends')}</dt>
        <dd>
          <TimeLeft found={found} />
        </dd>
        <dt>{t('cases.needs')}</dt>
        <dd>{t(`cases.needs.${found.needs}`)}</dd>
        <dt>{t('cases.confirmations')}</dt>
        <dd>
          {found.confirmations.length === 0 && t('cases.confirmations.none')}
          <ul className="p-plain">
            {found.confirmations.map(({ name, at }) => (
              <li key={at}>
                {name}, {instant(at)}
              </li>
            ))}
          </ul>
        </dd>
      </dl>
    </section>
  );
}

function OpenedCase({ side, found }: { side: Side; found: ResetCase }) {
  const { t } = useTexts();
  return (
    <Page title={t('cases.title', { name: found.person.name })} className="p-helpdesk">
      {isLive(found) && <Code side={side} found={found} />}
      <Facts found={found} />
      {side === 'helpdesk' ? <Withdraw found={found} /> : <Decision found={found} />}
    </Page>
  );
}

/** One case, for the helpdesk and for who is asked to confirm it. */
export function CasePage({ side, id }: { side: Side; id: string }) {
  const { t } = useTexts();
  const { data, error, refetch } = useCase(side, id);
  return (
    <>
      <p className="p-back">
        <Link href={listPath(side)}>{t(`cases.back.${side}`)}</Link>
      </p>
      {error && !data && (
        <Page title={t('cases.facts')}>
          <ProblemAlert
            problem={problemOf(error)}
            retry={problemOf(error).status === 404 ? undefined : () => void refetch()}
          />
        </Page>
      )}
      {data === undefined && !error && <Loading />}
      {data === null && (
        <Page title={t('cases.gone.title')}>
          <p>{t('cases.gone.body')}</p>
        </Page>
      )}
      {data && <OpenedCase side={side} found={data} />}
    </>
  );
}
