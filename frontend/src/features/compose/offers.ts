import type { Mailbox, Recipient, RecipientKind } from '../../api/types';
import type { TextKey } from '../../texts';
import type { ChosenRecipient, Practice } from './draft-store';

/** What the picker's type says: whom one looks for. Of a practice, staff reach its people or a group (MSG-1). */
export type Sought = ChosenRecipient['kind'];

/** The types that a mailbox has; groups are for To only. */
export function typesFor(mailbox: Mailbox, field: 'to' | 'cc'): readonly Sought[] {
  if (mailbox.kind === 'membership' || field === 'cc') return ['department', 'member'];
  return ['department', 'member', 'administrators', 'everybody'];
}

export function typeText(mailbox: Mailbox, sought: Sought): TextKey {
  if (sought === 'department') return 'picker.departments';
  if (sought === 'member' && mailbox.kind === 'membership') return 'picker.members';
  return `picker.of.${sought}`;
}

/** What is listed: staff first find the practice, and then its people. */
export function listedKind(
  mailbox: Mailbox,
  sought: Sought,
  practice: Practice | null,
): RecipientKind {
  if (sought === 'department') return 'department';
  if (sought === 'member' && (mailbox.kind === 'membership' || practice)) return 'member';
  return 'organization';
}

/** What a row of the list adds; null for a practice that is only a step on the way to its people. */
export function addedBy(
  row: Recipient,
  sought: Sought,
  practice: Practice | null,
): ChosenRecipient | null {
  const { id, kind, name } = row;
  if (kind !== 'organization') {
    return { id, kind, name, ...(kind === 'member' && practice && { practice }) };
  }
  if (sought !== 'administrators' && sought !== 'everybody') return null;
  return { id, kind: sought, name, practice: { id, name } };
}
