import type { StaffAccount, StaffPatch, StaffRole } from './types';

/** What was changed about an account and not saved yet: only what differs from what the portal last told. */
export interface StaffEdit {
  roles?: StaffRole[];
  departments?: string[];
  comment?: string;
}

const same = (some: readonly string[], other: readonly string[]) =>
  some.length === other.length && some.every((value) => other.includes(value));

export const departmentsOf = ({ departments }: StaffAccount) => departments.map(({ id }) => id);

/** With a value or without it, in the order it had. */
export const toggled = <Value extends string>(
  values: readonly Value[],
  value: Value,
  on: boolean,
) =>
  on
    ? [...values.filter((other) => other !== value), value]
    : values.filter((other) => other !== value);

/** The edit without what is as it was; null when nothing is left of it. It is also what is sent. */
export function settled(account: StaffAccount, edit: StaffEdit): StaffPatch | null {
  const next: StaffPatch = {};
  if (edit.roles && !same(edit.roles, account.roles)) next.roles = edit.roles;
  if (edit.departments && !same(edit.departments, departmentsOf(account))) {
    next.departments = edit.departments;
  }
  if (edit.comment) next.comment = edit.comment;
  return Object.keys(next).length > 0 ? next : null;
}

/** What is left to save of `now` once `sent` is saved: what was changed while it was on its way. */
export function left(
  sent: StaffEdit,
  after: StaffAccount,
  now: StaffEdit | undefined,
): StaffEdit | null {
  if (!now) return null;
  const { roles, departments, comment } = now;
  const since: StaffEdit = {
    ...(roles && !same(roles, sent.roles ?? []) ? { roles } : {}),
    ...(departments && !same(departments, sent.departments ?? []) ? { departments } : {}),
    ...(comment && comment !== sent.comment ? { comment } : {}),
  };
  return settled(after, since) && since;
}
