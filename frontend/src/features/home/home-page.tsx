import { Link } from 'wouter';
import { Page } from '../../app/page';
import { useSession } from '../../app/session-context';
import { useTexts } from '../../texts/context';
import { MailIcon } from '../../ui/icons';
import { useMailboxes } from '../messages/queries';

/** Home (PLT-4): who is here, for which organization, what waits, and what they may use. */
export function HomePage() {
  const { t, tn } = useTexts();
  const session = useSession();
  const mailboxes = useMailboxes().data?.items;
  const staff = session.membership === null;
  const organization = session.membership?.organization.name;
  const noInbox = mailboxes?.length === 0;
  return (
    <Page
      title={t('home.title')}
      heading={t('home.welcome', { name: session.user.name })}
      className="p-home"
    >
      <p className="p-lead">{organization ?? t('nav.staff')}</p>
      <h2 className="ds-text-heading--lg">{t('home.what')}</h2>
      <ul className="p-cards">
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
      </ul>
    </Page>
  );
}
