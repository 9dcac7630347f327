import type { Session } from '../../api/types';

/** Who answers requests of the directory: administrators of a practice, and enrollment for those without (ORG-6). */
export function answers({ membership, staff }: Session): boolean {
  if (membership) return membership.role !== 'general_user';
  return staff?.roles.includes('enrollment') ?? false;
}
