import { Button } from '@cmsgov/design-system';
import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import { problemOf } from '../api/client';
import type { Mailbox } from '../api/types';
import { useMailboxes } from '../features/messages/queries';
import { boxPath } from '../features/messages/paths';
import { useTexts } from '../texts/context';
import { MailIcon } from '../ui/icons';
import { Brand } from './brand';
import { LanguageSwitch } from './language-switch';
import { leaveSafely } from './leave-guard';
import { MainNav } from './main-nav';
import { OrganizationSwitch } from './organization-switch';
import { useSession } from './session-context';
import { signOut } from './session-store';

/** The exact number of unread messages beside the icon, and 0 as 0 (MSG-4). */
function UnreadBadge({ mailbox }: { mailbox: Mailbox }) {
  const { tn } = useTexts();
  const department = mailbox.kind === 'department';
  const name = department
    ? tn('nav.departmentBadge', mailbox.unread, { name: mailbox.name })
    : tn('nav.badge', mailbox.unread);
  return (
    <Link href={boxPath(mailbox.id, 'inbox')} className="p-badge-link" aria-label={name}>
      <MailIcon />
      {department && <span className="p-badge-link__name">{mailbox.name}</span>}{' '}
      <span className={`p-count ${mailbox.unread > 0 ? 'p-count--some' : ''}`}>
        {mailbox.unread}
      </span>
    </Link>
  );
}

function SignOutButton() {
  const { t } = useTexts();
  const [problem, setProblem] = useState<string | null>(null);
  const leave = () => {
    setProblem(null);
    signOut().catch((error: unknown) => setProblem(problemOf(error).detail));
  };
  return (
    <>
      <Button size="small" onClick={() => leaveSafely(leave)}>
        {t('nav.signOut')}
      </Button>
      {problem && (
        <p role="alert" className="p-header__problem">
          {problem}
        </p>
      )}
    </>
  );
}

export function Header() {
  const { t } = useTexts();
  const session = useSession();
  const [location] = useLocation();
  const { data } = useMailboxes();
  const mailboxes = data?.items ?? [];
  // Departments count apart (MSG-4), so each has a badge of its own.
  const own = mailboxes.filter(({ kind }) => kind === 'membership');
  const departments = mailboxes.filter(({ kind }) => kind === 'department');
  const organization = session.membership?.organization.name;
  return (
    <header className="p-header">
      <div className="p-header__top p-wrap">
        <Brand />
        <div className="p-who">
          {/* Its place is kept, so that nothing jumps when the counts come. */}
          {!data && <span className="p-badge-link" aria-hidden="true" />}
          {own.map((mailbox) => (
            <UnreadBadge key={mailbox.id} mailbox={mailbox} />
          ))}
          {departments.length > 0 && (
            <ul className="p-departments" aria-label={t('nav.departments')}>
              {departments.map((mailbox) => (
                <li key={mailbox.id}>
                  <UnreadBadge mailbox={mailbox} />
                </li>
              ))}
            </ul>
          )}
          <p className="p-who__name">{t('nav.welcome', { name: session.user.name })}</p>
          <p className="p-who__organization">
            {organization ? t('nav.organization', { name: organization }) : t('nav.staff')}
          </p>
          {organization && <OrganizationSwitch />}
        </div>
        <div className="p-header__tools">
          <LanguageSwitch />
          <Link
            href="/profile"
            className="p-header__profile"
            aria-current={location === '/profile' ? 'page' : undefined}
          >
            {t('nav.profile')}
          </Link>
          <SignOutButton />
        </div>
      </div>
      <MainNav />
    </header>
  );
}
