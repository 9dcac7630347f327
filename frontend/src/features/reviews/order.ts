import type { Card } from './types';

/** Whether the focus may move on from a card: it is in there, or nowhere since the button that had it is gone. */
export const mayMoveOn = (
  card: Pick<Node, 'contains'> | null,
  focused: Node | null,
  body: Node,
): boolean => focused === null || focused === body || (card?.contains(focused) ?? false);

/** Whether the person at the screen may decide about it (REV-2). */
export const isTheirs = ({ own, reviewed_by_plan }: Pick<Card, 'own' | 'reviewed_by_plan'>) =>
  !own && !reviewed_by_plan;

/** The card to go on with after one: the next that waits for a decision, else one that was passed over. */
export function nextOpen<C extends Pick<Card, 'id' | 'own' | 'reviewed_by_plan'>>(
  cards: readonly C[],
  decided: { has: (id: string) => boolean },
  after: string,
): C | undefined {
  const at = cards.findIndex(({ id }) => id === after);
  const inTurn = [...cards.slice(at + 1), ...cards.slice(0, at + 1)];
  return inTurn.find((card) => !decided.has(card.id) && isTheirs(card));
}
