import { lazy, Suspense } from 'react';
import { Link } from 'wouter';
import { Page } from '../../app/page';
import { useSession } from '../../app/session-context';
import { useTexts } from '../../texts/context';
import { MailIcon } from '../../ui/icons';
import { useMailboxes } from '../messages/queries';

// They ask the portal first in any case, so they need not be part of the first load.
const AttentionList = lazy(() =>
  import('../attention/home-list').then((module) => ({ default: module.AttentionList })),
);
const FeatureCards = lazy(() =>
  import('../access/home-parts').then((module) => ({ default: module.FeatureCards })),
);
const StaffParts = lazy(() =>
  import('../staff/home-parts').then((module) => ({ default: module.StaffParts })),
);

function MessagesCard({ staff }: { staff: boolean }) {
  const { t, tn } = useTexts();
  const mailboxes = useMailboxes().data?.items;
  const noInbox = mailboxes?.length === 0;
  return (
    <li className="p-card p-feature">
      <MailIcon className="p-feature__icon" />
      <h3 className="ds-text-heading--lg p-flat">{t('home.messages.title')}</h3>
      <p>{t(staff ? 'home.messages.staffBody' : 'home.messages.body')}</p>
      {noInbox && <p>{t('home.noDepartments')}</p>}
      <ul className="p-plain p-feature__counts">
        {mailboxes?.map((mailbox) => (
          <li key={mailbox.id}>
            {staff && <>{mailbox.name}: </>}
            <strong>{tn('home.unread', mailbox.unread)}</strong>
          </li>
        ))}
      </ul>
      {!noInbox && (
        <Link href="/messages" className="ds-c-button ds-c-button--solid p-feature__open">
          {t('home.messages.open')}
        </Link>
      )}
    </li>
  );
}

/** Home (PLT-4): who is here, for which organization, what waits, and what they may use. */
export function HomePage() {
  const { t } = useTexts();
  const { user, membership, staff } = useSession();
  // Who is no agent has no inbox at the plan (S-AZ-13).
  const writes = membership !== null || staff?.roles.includes('department_agent');
  return (
    <Page
      title={t('home.title')}
      heading={t('home.welcome', { name: user.name })}
      className="p-home"
    >
      <p className="p-lead">{membership?.organization.name ?? t('nav.staff')}</p>
      <Suspense fallback={null}>
        <AttentionList />
      </Suspense>
      <h2 className="ds-text-heading--lg">{t('home.what')}</h2>
      <ul className="p-cards">
        {writes && <MessagesCard staff={membership === null} />}
        <Suspense fallback={null}>{staff && <StaffParts roles={staff.roles} />}</Suspense>
      </ul>
      <Suspense fallback={null}>{membership && <FeatureCards />}</Suspense>
    </Page>
  );
}
