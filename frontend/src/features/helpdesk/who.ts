import type { Session } from '../../api/types';

/** Whether somebody sees the cases that wait for a confirmation at all (CRD-5). */
export function confirms({ membership, staff }: Pick<Session, 'membership' | 'staff'>): boolean {
  if (membership) return membership.role !== 'general_user';
  return ['enrollment', 'plan_administrator'].some((role) =>
    staff?.roles.some((held) => held === role),
  );
}
