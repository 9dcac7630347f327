import type { AdministratorReview } from './types';

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
