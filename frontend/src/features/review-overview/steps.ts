import type { Problem } from '../../api/types';
import type { AdministratorReview, Suspect } from './types';

/** What one of the plan can do now: decide first, confirm what another decided, or have it begin anew. */
export type Step = 'keep' | 'remove' | 'confirm' | 'withdraw';

type Of = Pick<AdministratorReview, 'confirmed_by' | 'own'> & {
  card: Pick<AdministratorReview['card'], 'status'>;
};

/** Who works at the practice does nothing here, and who acts as its only administrator is not removed (ORG-4). */
export function stepsOf({ card, confirmed_by, own }: Of): readonly Step[] {
  if (own) return [];
  if (!confirmed_by) return card.status === 'active' ? ['keep'] : ['keep', 'remove'];
  return confirmed_by.own ? ['withdraw'] : ['confirm', 'withdraw'];
}

/** Whether a refusal means: what the item shows is no longer so. */
export const isChanged = ({ status, code }: Pick<Problem, 'status' | 'code'>): boolean =>
  status === 412 || code === 'changed_meanwhile';

/** Nobody settles what was decided at their own practice, nor what is settled. */
export const maySettle = ({ own, settled }: Pick<Suspect, 'own' | 'settled'>): boolean =>
  !own && !settled;
