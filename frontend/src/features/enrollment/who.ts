import type { Session } from '../../api/types';

/** Whether somebody brings practices aboard (ORG-1). */
export const enrolls = ({ staff }: Pick<Session, 'staff'>): boolean =>
  staff?.roles.includes('enrollment') ?? false;
