import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { Link, useLocation } from 'wouter';
import { useTexts } from '../texts/context';
import type { Attentions } from '../features/users/types';
import { CONTACTS } from '../features/contacts/paths';
import { DIRECTORY_REQUESTS } from '../features/directory/paths';
import { answers } from '../features/directory/who';
import { aboutUsers } from '../features/attention/kinds';
import { ABOARD, ORGANIZATIONS } from '../features/enrollment/paths';
import { enrolls } from '../features/enrollment/who';
import { confirms } from '../features/helpdesk/who';
import { REVIEWS } from '../features/reviews/paths';
import { reviews } from '../features/reviews/who';
import { PREFERENCES } from '../features/notices/paths';
import { PHASES } from '../features/phases/paths';
import { OVERVIEW } from '../features/review-overview/paths';
import { oversees } from '../features/review-overview/who';
import { useDisclosure } from '../ui/use-disclosure';
import { useSession } from './session-context';

/** `page` for the page itself, `true` for those below it. */
const currentAt = (location: string, path: string) =>
  location === path ? 'page' : location.startsWith(`${path}/`) ? 'true' : undefined;

function More({ location }: { location: string }) {
  const { t } = useTexts();
  const session = useSession();
  const roles = session.staff?.roles ?? [];
  const administers = roles.includes('plan_administrator');
  const pages = [
    ['/attention', 'nav.attention'],
    ...(reviews(session) ? ([[REVIEWS, 'nav.reviews']] as const) : []),
    ...(confirms(session) ? ([['/reset-cases', 'nav.resets']] as const) : []),
    ...(oversees(session) ? ([[OVERVIEW, 'nav.reviewOverview']] as const) : []),
    ...(answers(session) ? ([[DIRECTORY_REQUESTS, 'nav.directoryRequests']] as const) : []),
    ...(administers
      ? ([
          ['/departments', 'nav.keepDepartments'],
          [PHASES, 'nav.phases'],
          [CONTACTS, 'nav.contacts'],
        ] as const)
      : []),
    ...(administers || roles.includes('auditor')
      ? ([
          ['/misdirected', 'nav.misdirected'],
          ['/legal-holds', 'nav.holds'],
          ['/records', 'nav.records'],
        ] as const)
      : []),
    [PREFERENCES, 'nav.preferences'],
    ['/work', 'nav.work'],
    ['/help', 'nav.help'],
  ] as const;
  const { open, setOpen, button, around } = useDisclosure<HTMLLIElement>();

  useEffect(() => setOpen(false), [location, setOpen]);

  return (
    <li ref={around} className="p-nav__more">
      <button
        type="button"
        ref={button}
        className="p-nav__link"
        aria-expanded={open}
        aria-controls="nav-more"
        onClick={() => setOpen(!open)}
      >
        {t('nav.more')}
        <span className="p-nav__arrow" aria-hidden="true" />
      </button>
      <ul id="nav-more" className="p-nav__menu" hidden={!open}>
        {pages.map(([path, text]) => (
          <li key={path}>
            <Link href={path} className="p-nav__item" aria-current={currentAt(location, path)}>
              {t(text)}
            </Link>
          </li>
        ))}
      </ul>
    </li>
  );
}

/** For administrators, with the number of things that wait for them where another page has asked for it (NOT-5). */
function UsersLink({ location }: { location: string }) {
  const { t, tn } = useTexts();
  const { data } = useQuery<Attentions>({ queryKey: ['attention'], enabled: false });
  const { count, more } = aboutUsers(data?.items);
  return (
    <Link href="/users" className="p-nav__link" aria-current={currentAt(location, '/users')}>
      <span {...(count > 0 ? { 'aria-hidden': true } : {})}>
        {t('nav.users')}
        {count > 0 && (
          <span className="p-count p-count--some p-nav__count">
            {count}
            {more && '+'}
          </span>
        )}
      </span>
      {count > 0 && (
        <span className="ds-u-visibility--screen-reader">
          {more ? t('nav.usersBadgeMore', { count }) : tn('nav.usersBadge', count)}
        </span>
      )}
    </Link>
  );
}

export function MainNav() {
  const { t } = useTexts();
  const [location] = useLocation();
  const session = useSession();
  const { membership, staff } = session;
  const administers = membership !== null && membership.role !== 'general_user';
  return (
    <nav className="p-nav" aria-label={t('nav.main')}>
      <ul className="p-wrap p-nav__list">
        <li>
          <Link
            href="/"
            className="p-nav__link"
            aria-current={location === '/' ? 'page' : undefined}
          >
            {t('nav.home')}
          </Link>
        </li>
        <li>
          <Link
            href="/messages"
            className="p-nav__link"
            aria-current={currentAt(location, '/messages')}
          >
            {t('nav.messages')}
          </Link>
        </li>
        {staff?.roles.includes('helpdesk') && (
          <li>
            <Link
              href="/helpdesk"
              className="p-nav__link"
              aria-current={currentAt(location, '/helpdesk')}
            >
              {t('help.helpdesk')}
            </Link>
          </li>
        )}
        {enrolls(session) && (
          <li>
            <Link
              href={ORGANIZATIONS}
              className="p-nav__link"
              aria-current={
                location === ORGANIZATIONS
                  ? 'page'
                  : ABOARD.some((path) => currentAt(location, path))
                    ? 'true'
                    : undefined
              }
            >
              {t('nav.practices')}
            </Link>
          </li>
        )}
        {staff?.roles.includes('plan_administrator') && (
          <li>
            <Link
              href="/staff"
              className="p-nav__link"
              aria-current={currentAt(location, '/staff')}
            >
              {t('nav.staffAccounts')}
            </Link>
          </li>
        )}
        {administers && (
          <li>
            <UsersLink location={location} />
          </li>
        )}
        <More location={location} />
      </ul>
    </nav>
  );
}
