import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { useTexts } from '../texts/context';
import type { Attentions } from '../features/users/types';
import { confirms } from '../features/helpdesk/who';
import { useSession } from './session-context';

/** `page` for the page itself, `true` for those below it. */
const currentAt = (location: string, path: string) =>
  location === path ? 'page' : location.startsWith(`${path}/`) ? 'true' : undefined;

function More({ location }: { location: string }) {
  const { t } = useTexts();
  const resets = confirms(useSession());
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const item = useRef<HTMLLIElement>(null);

  useEffect(() => setOpen(false), [location]);
  useEffect(() => {
    if (!open) return undefined;
    const close = (event: Event) => {
      if (event instanceof KeyboardEvent) {
        if (event.key !== 'Escape') return;
        button.current?.focus();
      } else if (item.current?.contains(event.target as Node)) return;
      setOpen(false);
    };
    const events = ['keydown', 'pointerdown', 'focusin'] as const;
    for (const name of events) document.addEventListener(name, close);
    return () => {
      for (const name of events) document.removeEventListener(name, close);
    };
  }, [open]);

  return (
    <li ref={item} className="p-nav__more">
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
        {resets && (
          <li>
            <Link
              href="/reset-cases"
              className="p-nav__item"
              aria-current={currentAt(location, '/reset-cases')}
            >
              {t('nav.resets')}
            </Link>
          </li>
        )}
        <li>
          <Link
            href="/work"
            className="p-nav__item"
            aria-current={location === '/work' ? 'page' : undefined}
          >
            {t('nav.work')}
          </Link>
        </li>
        <li>
          <Link
            href="/help"
            className="p-nav__item"
            aria-current={location === '/help' ? 'page' : undefined}
          >
            {t('nav.help')}
          </Link>
        </li>
      </ul>
    </li>
  );
}

/** For administrators, with the number of things that wait for them where another page has asked for it (NOT-5). */
function UsersLink({ location }: { location: string }) {
  const { t, tn } = useTexts();
  const { data } = useQuery<Attentions>({ queryKey: ['attention'], enabled: false });
  // Resets have a page of their own (CRD-5).
  const users = data?.items.filter(({ kind }) => kind !== 'reset_case') ?? [];
  const count = users.reduce((sum, item) => sum + item.count, 0);
  return (
    <Link href="/users" className="p-nav__link" aria-current={currentAt(location, '/users')}>
      <span {...(count > 0 ? { 'aria-hidden': true } : {})}>
        {t('nav.users')}
        {count > 0 && <span className="p-count p-count--some p-nav__count">{count}</span>}
      </span>
      {count > 0 && (
        <span className="ds-u-visibility--screen-reader">{tn('nav.usersBadge', count)}</span>
      )}
    </Link>
  );
}

export function MainNav() {
  const { t } = useTexts();
  const [location] = useLocation();
  const { membership, staff } = useSession();
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
