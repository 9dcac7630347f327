import type { Session } from '../../api/types';

/** Whether somebody reviews the users of the practice that is open. */
export const reviews = ({ membership }: Pick<Session, 'membership'>) =>
  membership !== null && membership.role !== 'general_user';

/** Whether somebody of the plan looks into the decisions of a practice (REV-5). */
export const looksInto = ({ staff }: Pick<Session, 'staff'>) =>
  staff?.roles.some((role) => role === 'enrollment' || role === 'auditor') ?? false;
