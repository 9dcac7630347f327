import type { Session } from '../../api/types';

type Who = Pick<Session, 'staff'>;
type Role = NonNullable<Session['staff']>['roles'][number];

const has = ({ staff }: Who, ...roles: Role[]) =>
  roles.some((role) => staff?.roles.includes(role)) ?? false;

/** Whether somebody sees how far the practices are with their reviews (REV-4). */
export const oversees = (who: Who) => has(who, 'enrollment', 'plan_administrator', 'auditor');

/** Whether somebody calls reviews, and looks into those that were made too fast (REV-1). */
export const callsReviews = (who: Who) => has(who, 'enrollment', 'plan_administrator');

/** Whether somebody is one of the two who review the only administrator of a practice (REV-2, ORG-4). */
export const standsIn = (who: Who) => has(who, 'enrollment');

/** Whether somebody reads what was decided in a practice's reviews (REV-5). */
export const readsEvidence = (who: Who) => has(who, 'enrollment', 'auditor');
