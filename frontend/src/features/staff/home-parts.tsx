import '../../texts/staff';
import { Link } from 'wouter';
import { useTexts } from '../../texts/context';
import { STAFF } from './paths';
import type { StaffRole } from './types';

const LATER = ['enrollment', 'helpdesk', 'auditor'] as const;

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
      {LATER.filter((role) => roles.includes(role)).map((role) => (
        <li key={role} className="p-card p-feature">
          <h3 className="ds-text-heading--lg p-flat">{t(`staff.role.${role}`)}</h3>
          <p>{t(`staff.home.${role}`)}</p>
        </li>
      ))}
    </>
  );
}
