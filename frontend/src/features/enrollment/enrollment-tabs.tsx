import '../../texts/enrollment';
import { Link, useLocation } from 'wouter';
import { useTexts } from '../../texts/context';
import { NOMINATIONS, ONBOARDING, ORGANIZATIONS, WAVES } from './paths';

/** The parts of bringing practices aboard. */
export function EnrollmentTabs() {
  const { t } = useTexts();
  const [location] = useLocation();
  const tabs = [
    [ORGANIZATIONS, 'nav.practices'],
    [ONBOARDING, 'onboarding.title'],
    [NOMINATIONS, 'enrollment.nominations'],
    [WAVES, 'waves.title'],
  ] as const;
  return (
    <nav aria-label={t('enrollment.parts')}>
      <ul className="p-tabs">
        {tabs.map(([path, name]) => (
          <li key={path}>
            <Link
              href={path}
              className="p-tabs__tab"
              aria-current={location === path ? 'page' : undefined}
            >
              {t(name)}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
