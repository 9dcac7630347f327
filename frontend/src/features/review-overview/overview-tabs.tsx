import { Link, useLocation } from 'wouter';
import { useSession } from '../../app/session-context';
import { useTexts } from '../../texts/context';
import { ADMINISTRATORS, OVERVIEW, SUSPECT } from './paths';
import { standsIn } from './who';

export function OverviewTabs() {
  const { t } = useTexts();
  const [location] = useLocation();
  const tabs = [
    [OVERVIEW, t('overview.tab.practices')],
    ...(standsIn(useSession()) ? [[ADMINISTRATORS, t('overview.tab.administrators')]] : []),
    [SUSPECT, t('overview.tab.suspect')],
  ] as const;
  return (
    <nav aria-label={t('overview.parts')}>
      <ul className="p-tabs">
        {tabs.map(([path, name]) => (
          <li key={path}>
            <Link
              href={path as string}
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
