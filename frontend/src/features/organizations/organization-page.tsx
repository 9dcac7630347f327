import { Alert } from '@cmsgov/design-system';
import { lazy, Suspense } from 'react';
import { Link } from 'wouter';
import { ErrorBoundary } from '../../app/error-boundary';
import { Page } from '../../app/page';
import { useTexts } from '../../texts/context';
import { Loading } from '../../ui/loading';
import {
  editOrganizationPath,
  organizationPath,
  ORGANIZATIONS,
  wavePath,
} from '../enrollment/paths';
import { ChangesCard } from './changes-card';
import { OnboardingCard } from './onboarding-card';
import { OneOrganization } from './one-organization';
import { SeatCard } from './seat-card';
import type { Organization } from './types';

const NominationPanel = lazy(() =>
  import('../nominations/nomination-panel').then((module) => ({
    default: module.NominationPanel,
  })),
);

function Facts({ organization }: { organization: Organization }) {
  const { t } = useTexts();
  const { npis, entitlements, executive_name, executive_email, wave } = organization;
  const levels = entitlements.map((level) => t(`users.level.${level}`)).join(', ');
  return (
    <section className="p-card" aria-labelledby="organization-facts">
      <div className="p-history__head">
        <h2 id="organization-facts" className="ds-text-heading--lg p-flat" tabIndex={-1}>
          {t('organizations.facts')}
        </h2>
        {!organization.closed_at && (
          <Link
            href={editOrganizationPath(organization.id)}
            className="ds-c-button ds-c-button--small"
          >
            {t('organizations.edit')}
          </Link>
        )}
      </div>
      <dl className="p-facts p-user-facts">
        <dt>{t('organizations.tin')}</dt>
        <dd>{organization.tin}</dd>
        <dt>{t('organizations.verified')}</dt>
        <dd>{t(organization.tin_verified ? 'organizations.yes' : 'organizations.notYet')}</dd>
        <dt>{t('organizations.npis')}</dt>
        <dd>{npis.length > 0 ? npis.join(', ') : t('users.none')}</dd>
        <dt>{t('organizations.executive')}</dt>
        <dd>
          {executive_name || t('users.none')}
          {executive_email && <span className="p-aboard__line">{executive_email}</span>}
          {organization.unreached && (
            <span className="p-aboard__line p-overview__late">{t('organizations.unreached')}</span>
          )}
        </dd>
        <dt>{t('organizations.contact')}</dt>
        <dd>{organization.relations_contact || t('users.none')}</dd>
        <dt>{t('organizations.entitlements')}</dt>
        <dd>{levels || t('users.none')}</dd>
        <dt>{t('organizations.wave')}</dt>
        <dd>{wave ? <Link href={wavePath(wave.id)}>{wave.name}</Link> : t('users.none')}</dd>
      </dl>
    </section>
  );
}

function ClosedAlert({ organization }: { organization: Organization }) {
  const { t, instant } = useTexts();
  const { closed_at, merged_into } = organization;
  if (!closed_at) return null;
  return (
    <Alert role="region" heading={t('organizations.closed')} headingLevel="2">
      <p className="p-flat">{t('organizations.closedBody', { at: instant(closed_at) })}</p>
      {merged_into && (
        <p className="p-flat p-gap-top">
          {t('organizations.mergedInto')}{' '}
          <Link href={organizationPath(merged_into.id)}>{merged_into.name}</Link>
        </p>
      )}
    </Alert>
  );
}

function OpenOrganization({ organization }: { organization: Organization }) {
  return (
    <Page title={organization.name} className="p-user-form">
      <ClosedAlert organization={organization} />
      <OnboardingCard organization={organization} />
      <SeatCard organization={organization} />
      <Facts organization={organization} />
      <ErrorBoundary>
        <Suspense fallback={<Loading />}>
          <NominationPanel organizationId={organization.id} />
        </Suspense>
      </ErrorBoundary>
      <ChangesCard organization={organization} />
    </Page>
  );
}

/** Everything that enrollment sees of a practice (ORG-1, ORG-4, ORG-7, ORG-9). */
export function OrganizationPage({ id }: { id: string }) {
  const { t } = useTexts();
  return (
    <>
      <p className="p-back p-no-print">
        <Link href={ORGANIZATIONS}>{t('organizations.back')}</Link>
      </p>
      <OneOrganization id={id} title={t('organizations.practice')}>
        {(organization) => <OpenOrganization organization={organization} />}
      </OneOrganization>
    </>
  );
}
