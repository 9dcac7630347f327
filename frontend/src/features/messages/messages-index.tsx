import { Link, Redirect } from 'wouter';
import { problemOf } from '../../api/client';
import { Page } from '../../app/page';
import { useTexts } from '../../texts/context';
import { MailIcon } from '../../ui/icons';
import { Loading } from '../../ui/loading';
import { ProblemAlert } from '../../ui/problem-alert';
import { boxPath } from './paths';
import { useMailboxes } from './queries';

/** One mailbox: straight to its inbox. Several departments: a list with a count for each (MSG-4). */
export function MessagesIndex() {
  const { t, tn } = useTexts();
  const { data, error, refetch } = useMailboxes();
  const [only, ...others] = data?.items ?? [];
  if (only && others.length === 0) return <Redirect to={boxPath(only.id, 'inbox')} replace />;
  if (error && !data) {
    return (
      <Page title={t('messages.title')}>
        <ProblemAlert problem={problemOf(error)} retry={() => void refetch()} />
      </Page>
    );
  }
  if (!data) return <Loading />;
  return (
    <Page title={t('messages.title')}>
      {!only && <p>{t('home.noDepartments')}</p>}
      {only && (
        <>
          <h2 className="ds-text-heading--lg">{t('messages.departments')}</h2>
          <ul className="p-plain p-department-list">
            {data.items.map((mailbox) => (
              <li key={mailbox.id} className="p-department-list__item">
                <MailIcon />
                <Link href={boxPath(mailbox.id, 'inbox')} className="p-stretched">
                  {mailbox.name}
                </Link>
                <span className={mailbox.unread > 0 ? 'p-strong' : 'p-muted'}>
                  {tn('messages.departmentUnread', mailbox.unread)}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </Page>
  );
}
