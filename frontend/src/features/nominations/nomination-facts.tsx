import { Link } from 'wouter';
import { useTexts } from '../../texts/context';
import { organizationPath } from '../enrollment/paths';
import { StateTag } from './state-tag';
import type { Nomination } from './types';

/** How a nomination stands, with the practice as the plan has it. */
export function NominationFacts({ nomination }: { nomination: Nomination }) {
  const { t, instant } = useTexts();
  const { organization, state, tin, npis, verification } = nomination;
  const waits = state !== 'signed' && state !== 'approved' && state !== 'withdrawn';
  return (
    <section className="p-card" aria-labelledby="nomination-facts">
      <h2 id="nomination-facts" className="ds-text-heading--lg p-flat" tabIndex={-1}>
        {t('nominations.facts')}
      </h2>
      {/* What was typed is only ever text (S-IO-01). */}
      <dl className="p-facts p-user-facts">
        <dt>{t('nominations.column.state')}</dt>
        <dd>
          <StateTag state={state} verified={verification?.tin_matches && verification.npis_match} />
        </dd>
        <dt>{t('nominations.practice')}</dt>
        <dd>
          <Link href={organizationPath(organization.id)}>{organization.name}</Link>
          <br />
          {t('nominations.tin', { tin })}
        </dd>
        <dt>{t('nominations.form.npis')}</dt>
        <dd>{npis.join(', ') || t('nominations.form.noNpis')}</dd>
        <dt>{t('nominations.column.executive')}</dt>
        <dd>
          {nomination.executive_name}
          <br />
          {nomination.executive_email}
        </dd>
        <dt>{t('nominations.sentAt')}</dt>
        <dd>{instant(nomination.sent_at)}</dd>
        {(nomination.opened_at || !nomination.signed_at) && (
          <>
            <dt>{t('nominations.openedAt')}</dt>
            <dd>
              {nomination.opened_at ? instant(nomination.opened_at) : t('nominations.notOpened')}
            </dd>
          </>
        )}
        {nomination.reminded > 0 && (
          <>
            <dt>{t('nominations.reminded')}</dt>
            <dd>{t('nominations.remindedAfter', { days: nomination.reminded })}</dd>
          </>
        )}
        {waits && (
          <>
            <dt>{t(state === 'expired' ? 'nominations.endedAt' : 'nominations.endsAt')}</dt>
            <dd>{instant(nomination.ends_at)}</dd>
          </>
        )}
        {nomination.signed_at && (
          <>
            <dt>{t('nominations.signedAt')}</dt>
            <dd>{instant(nomination.signed_at)}</dd>
          </>
        )}
        {nomination.decided_at && (
          <>
            <dt>{t('nominations.decided')}</dt>
            <dd>
              {t('nominations.sentBy', {
                time: instant(nomination.decided_at),
                name: nomination.decided_by?.name ?? t('nominations.byJob'),
              })}
            </dd>
          </>
        )}
        {nomination.return_reason !== '' && (
          <>
            <dt>{t('nominations.returnReason')}</dt>
            <dd className="p-nomination__reason">{nomination.return_reason}</dd>
          </>
        )}
      </dl>
      {nomination.successor && !nomination.decided_at && (
        <p className="p-gap-top">{t('nominations.successor')}</p>
      )}
      {nomination.closed && <p className="p-strong">{t('nominations.closed')}</p>}
    </section>
  );
}
