import { Alert } from '@cmsgov/design-system';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from 'wouter';
import { problemOf } from '../../api/client';
import { flash } from '../../app/announcer';
import { useKeptEdit } from '../../app/kept-edits';
import { Page } from '../../app/page';
import { useTexts } from '../../texts/context';
import { Loading } from '../../ui/loading';
import { ProblemAlert } from '../../ui/problem-alert';
import { AccountStop } from '../stops/account-stop';
import { mendStaff } from '../stops/calls';
import { StatusTag } from '../users/status-tag';
import { STAFF } from './paths';
import { useStaffAccount } from './queries';
import { StaffAccountCard } from './staff-account';
import { left, settled } from './staff-edit';
import type { StaffEdit } from './staff-edit';
import { StaffForm } from './staff-form';
import { StaffReview } from './staff-review';
import { StaffHistory } from './staff-history';
import type { StaffAccount } from './types';

function Facts({ account }: { account: StaffAccount }) {
  const { t, instant } = useTexts();
  const time = (iso: string | null) => (iso ? instant(iso) : t('staff.never'));
  const roles = account.roles.map((role) => t(`staff.role.${role}`)).join(', ');
  const also = account.causes.filter((cause) => cause !== account.status);
  const departments = account.departments.map(({ name }) => name).join(', ');
  return (
    <section className="p-card" aria-labelledby="staff-facts">
      <h2 id="staff-facts" className="ds-text-heading--lg p-flat">
        {t('staff.facts')}
      </h2>
      <dl className="p-facts p-user-facts">
        <dt>{t('users.status')}</dt>
        <dd>
          <StatusTag status={account.status} />
          {also.length > 0 && (
            <span className="p-muted">
              {' '}
              {t('staff.also', {
                causes: also.map((cause) => t(`users.status.${cause}`)).join(', '),
              })}
            </span>
          )}
        </dd>
        <dt>{t('users.workEmail')}</dt>
        <dd>{account.email}</dd>
        <dt>{t('users.phone')}</dt>
        <dd>{account.phone || t('users.none')}</dd>
        <dt>{t('staff.role')}</dt>
        <dd>{roles}</dd>
        <dt>{t('staff.departments')}</dt>
        <dd>{departments || t('staff.departments.none')}</dd>
        <dt>{t('staff.lastSignIn')}</dt>
        <dd>{time(account.last_sign_in_at)}</dd>
        {account.verified_at && (
          <>
            <dt>{t('staff.verified')}</dt>
            <dd>{instant(account.verified_at)}</dd>
          </>
        )}
        {account.review_due_at && (
          <>
            <dt>{t('staff.reviewDue')}</dt>
            <dd>{instant(account.review_due_at)}</dd>
          </>
        )}
        {account.inactive_at && (
          <>
            <dt>{t('staff.inactiveAt')}</dt>
            <dd>{instant(account.inactive_at)}</dd>
          </>
        )}
        {account.created_at && (
          <>
            <dt>{t('staff.createdAt')}</dt>
            <dd>{instant(account.created_at)}</dd>
          </>
        )}
        {account.status === 'unverified' && account.invitation_ends_at && (
          <>
            <dt>{t('staff.invitationEnds')}</dt>
            <dd>{instant(account.invitation_ends_at)}</dd>
          </>
        )}
      </dl>
    </section>
  );
}

function OpenAccount({ account }: { account: StaffAccount }) {
  const { t } = useTexts();
  const client = useQueryClient();
  const { edit = {}, latest, keep, drop } = useKeptEdit<StaffEdit>(`staff ${account.id}`);
  const change = (next: StaffEdit | null) => {
    if (next && settled(account, next)) keep(next);
    else drop();
  };
  const saved = (sent: StaffEdit, after: StaffAccount) => {
    const unsaved = left(sent, after, latest());
    if (unsaved) keep(unsaved);
    else drop();
  };
  const loadAnew = () =>
    void client.refetchQueries({ queryKey: ['staff', 'account', account.id] }).then(() => {
      void client.invalidateQueries({ queryKey: ['staff', 'history', account.id] });
      flash.here(t('users.update.loadedAnew'));
      window.scrollTo(0, 0);
      document.getElementById('staff-access')?.focus({ preventScroll: true });
    });
  return (
    <Page title={account.name} className="p-user-form">
      {account.own && (
        <Alert heading={t('staff.own')} headingLevel="2" role="region">
          <p className="p-flat">{t('staff.ownBody')}</p>
        </Alert>
      )}
      {account.address_stopped && (
        <AccountStop
          name={account.name}
          stop={account.address_stopped}
          mend={async () => {
            await mendStaff(account.id);
            await client.refetchQueries({ queryKey: ['staff', 'account', account.id] });
          }}
        />
      )}
      <Facts account={account} />
      {!account.own && (
        <>
          <StaffReview account={account} onStale={loadAnew} />
          <StaffForm
            account={account}
            edit={edit}
            onEdit={change}
            onSaved={saved}
            onStale={loadAnew}
          />
          <StaffAccountCard account={account} onStale={loadAnew} />
        </>
      )}
      <StaffHistory id={account.id} />
    </Page>
  );
}

/** Everything about one staff account (ACC-11). */
export function StaffAccountPage({ id }: { id: string }) {
  const { t } = useTexts();
  const { data, error, refetch } = useStaffAccount(id);
  return (
    <>
      <p className="p-back p-no-print">
        <Link href={STAFF}>{t('staff.back')}</Link>
      </p>
      {error && !data && (
        <Page title={t('staff.title')}>
          <ProblemAlert
            problem={problemOf(error)}
            retry={problemOf(error).status === 404 ? undefined : () => void refetch()}
          />
        </Page>
      )}
      {!data && !error && <Loading />}
      {data && <OpenAccount account={data} />}
    </>
  );
}
