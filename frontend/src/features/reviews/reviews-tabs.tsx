import { Link, useLocation } from 'wouter';
import { useTexts } from '../../texts/context';
import { DECISIONS, REVIEWS } from './paths';

export function ReviewsTabs() {
  const { t } = useTexts();
  const [location] = useLocation();
  const tabs = [
    [REVIEWS, t('reviews.review')],
    [DECISIONS, t('reviews.decisions')],
  ] as const;
  return (
    <nav aria-label={t('reviews.parts')}>
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
