import '../../texts/staff';
import { Link } from 'wouter';
import { useTexts } from '../../texts/context';
import { ORGANIZATIONS } from '../enrollment/paths';
import { HELPDESK, RESETS } from '../helpdesk/paths';
import { useCases } from '../helpdesk/queries';
import { OVERVIEW } from '../review-overview/paths';
import { STAFF } from './paths';
import type { StaffRole } from './types';

/** Who sees how far the practices are with their reviews (REV-4). */
const OVERSEEING: readonly StaffRole[] = ['enrollment', 'plan_administrator', 'auditor'];
const LATER = ['auditor'] as const;
/** Who is asked to confirm that somebody may be set up again (CRD-5). */
const CONFIRMING: readonly StaffRole[] = ['enrollment', 'plan_administrator'];

function ResetsCard() {
  const { t, tn } = useTexts();
  const count = useCases('confirming', null).data?.items.length ?? 0;
  return (
    <li className="p-card p-feature">
      <h3 className="ds-text-heading--lg p-flat">{t('nav.resets')}</h3>
      <p>{t('staff.home.resets')}</p>
      {count > 0 && <p className="p-strong">{tn('staff.home.resetsWait', count)}</p>}
      <Link href={RESETS} className="ds-c-button ds-c-button--solid p-feature__open">
        {t('staff.home.resetsOpen')}
      </Link>
    </li>
  );
}

/** What each role at the plan allows; who has several sees them all. */
export function StaffParts({ roles }: { roles: readonly StaffRole[] }) {
  const { t } = useTexts();
  return (
    <>
      {roles.includes('plan_administrator') && (
        <li className="p-card p-feature">
          <h3 className="ds-text-heading--lg p-flat">{t('staff.title')}</h3>
          <p>{t('staff.home.admin')}</p>
          <Link href={STAFF} className="ds-c-button ds-c-button--solid p-feature__open">
            {t('staff.home.adminOpen')}
          </Link>
        </li>
      )}
      {roles.includes('helpdesk') && (
        <li className="p-card p-feature">
          <h3 className="ds-text-heading--lg p-flat">{t('help.helpdesk')}</h3>
          <p>{t('staff.home.helpdesk')}</p>
          <Link href={HELPDESK} className="ds-c-button ds-c-button--solid p-feature__open">
            {t('staff.home.helpdeskOpen')}
          </Link>
        </li>
      )}
      {roles.includes('enrollment') && (
        <li className="p-card p-feature">
          <h3 className="ds-text-heading--lg p-flat">{t('nav.practices')}</h3>
          <p>{t('staff.home.enrollment')}</p>
          <Link href={ORGANIZATIONS} className="ds-c-button ds-c-button--solid p-feature__open">
            {t('staff.home.enrollmentOpen')}
          </Link>
        </li>
      )}
      {CONFIRMING.some((role) => roles.includes(role)) && <ResetsCard />}
      {OVERSEEING.some((role) => roles.includes(role)) && (
        <li className="p-card p-feature">
          <h3 className="ds-text-heading--lg p-flat">{t('nav.reviewOverview')}</h3>
          <p>{t('staff.home.reviews')}</p>
          <Link href={OVERVIEW} className="ds-c-button ds-c-button--solid p-feature__open">
            {t('staff.home.reviewsOpen')}
          </Link>
        </li>
      )}
      {LATER.filter((role) => roles.includes(role)).map((role) => (
        <li key={role} className="p-card p-feature">
          <h3 className="ds-text-heading--lg p-flat">{t(`staff.role.${role}`)}</h3>
          <p>{t(`staff.home.${role}`)}</p>
        </li>
      ))}
    </>
  );
}
