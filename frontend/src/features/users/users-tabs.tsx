import { Link, useLocation } from 'wouter';
import { useTexts } from '../../texts/context';
import { REVIEWS } from '../reviews/paths';
import { ADMINISTRATORS } from './paths';

export function UsersTabs() {
  const { t } = useTexts();
  const [location] = useLocation();
  const tabs = [
    ['/users', t('users.list')],
    [ADMINISTRATORS, t('users.administrators')],
    [REVIEWS, t('nav.reviews')],
  ] as const;
  return (
    <nav aria-label={t('users.parts')}>
      <ul className="p-tabs">
        {tabs.map(([path, name]) => (
          <li key={path}>
            <Link
              href={path}
              className="p-tabs__tab"
              aria-current={location === path ? 'page' : undefined}
            >
              {name}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
