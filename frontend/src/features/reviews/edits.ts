import { keptEdits } from '../../app/kept-edits';
import { settled } from '../users/member-edit';
import type { Held, MemberEdit } from '../users/member-edit';

/** What was typed on a card and not decided yet. */
export interface CardEdit {
  reason?: string;
  change?: MemberEdit;
}

/** By the id of the account. */
export type Edits = Readonly<Record<string, CardEdit>>;

/** Under which they are kept in the page. */
export const EDITS = 'reviews';

/** The edits with this card's in its place; null when nothing is left of any. */
export function withEdit(edits: Edits, card: Held & { id: string }, edit: CardEdit): Edits | null {
  const change = edit.change && settled(card, edit.change);
  const kept = { ...(edit.reason ? { reason: edit.reason } : {}), ...(change ? { change } : {}) };
  const others = Object.entries(edits).filter(([id]) => id !== card.id);
  const next = Object.keys(kept).length > 0 ? [...others, [card.id, kept] as const] : others;
  return next.length > 0 ? Object.fromEntries(next) : null;
}

/** Keeps a card's edit beside what is typed on the others by now, which may be after an answer that came late. */
export function keepEdit(card: Held & { id: string }, edit: CardEdit) {
  const next = withEdit((keptEdits.get(EDITS) as Edits | undefined) ?? {}, card, edit);
  if (next) keptEdits.put(EDITS, next);
  else keptEdits.drop(EDITS);
}
