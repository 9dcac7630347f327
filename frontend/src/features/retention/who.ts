import type { Session } from '../../api/types';

type Who = Pick<Session, 'staff'>;

/** Whether somebody takes part in setting and lifting legal holds (MSG-10). */
export const decides = ({ staff }: Who) =>
  staff?.roles.some((role) => role === 'plan_administrator' || role === 'auditor') ?? false;

/** Whether somebody takes conversations out for the record. */
export const audits = ({ staff }: Who) => staff?.roles.includes('auditor') ?? false;
