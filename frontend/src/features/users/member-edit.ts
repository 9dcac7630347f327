import type { GrantedLevel, Level, Member, MemberPatch, Role } from './types';

/**
 * What was changed about a member and not saved yet: only what differs, laid over what the portal last told. So it
 * can be kept when the member is loaded anew because somebody else changed something else (PLT-3).
 */
export interface MemberEdit {
  role?: Role;
  levels?: Partial<Record<GrantedLevel, boolean>>;
  providers?: string[];
  comment?: string;
}

export interface Values {
  role: Role;
  access_levels: Level[];
  providers: string[];
  comment: string;
}

/** What of an account can be edited. */
export type Held = Pick<Member, 'role' | 'access_levels' | 'providers'>;

const same = (some: readonly string[], other: readonly string[]) =>
  some.length === other.length && some.every((value) => other.includes(value));

/** What the form shows: the member with the edit laid over. */
export function valuesOf(member: Held, edit: MemberEdit): Values {
  const kept = member.access_levels.filter((level) => edit.levels?.[level as GrantedLevel] ?? true);
  const added = Object.entries(edit.levels ?? {})
    .filter(([level, held]) => held && !member.access_levels.includes(level as Level))
    .map(([level]) => level as Level);
  return {
    role: edit.role ?? member.role,
    access_levels: [...kept, ...added],
    providers: edit.providers ?? member.providers,
    comment: edit.comment ?? '',
  };
}

/** The edit without what is as it was; null when nothing is left of it. */
export function settled(member: Held, edit: MemberEdit): MemberEdit | null {
  const next: MemberEdit = {};
  if (edit.role && edit.role !== member.role) next.role = edit.role;
  const levels = Object.entries(edit.levels ?? {}).filter(
    ([level, held]) => held !== member.access_levels.includes(level as Level),
  );
  if (levels.length > 0) next.levels = Object.fromEntries(levels);
  if (edit.providers && !same(edit.providers, member.providers)) next.providers = edit.providers;
  if (edit.comment) next.comment = edit.comment;
  return Object.keys(next).length > 0 ? next : null;
}

/** What is sent: what changed and no more. `manage_account` is never sent, as it follows the role (ACC-5). */
export function patchOf(member: Held, edit: MemberEdit): MemberPatch {
  const values = valuesOf(member, edit);
  const changed = settled(member, edit) ?? {};
  return {
    ...(changed.role ? { role: changed.role } : {}),
    ...(changed.levels
      ? { access_levels: values.access_levels.filter((level) => level !== 'manage_account') }
      : {}),
    ...(changed.providers ? { providers: changed.providers } : {}),
    ...(changed.comment ? { comment: changed.comment } : {}),
  };
}

/** What is left to save of `now` once `sent` is saved: what was changed while it was on its way. */
export function left(
  before: Held,
  sent: MemberEdit,
  after: Held,
  now: MemberEdit | undefined,
): MemberEdit | null {
  // Given up or saved otherwise meanwhile.
  if (!now) return null;
  const [then, shown] = [valuesOf(before, sent), valuesOf(before, now)];
  const touched = Object.keys({ ...sent.levels, ...now.levels }) as GrantedLevel[];
  const since = settled(then, {
    role: shown.role,
    levels: Object.fromEntries(
      touched.map((level) => [level, shown.access_levels.includes(level)]),
    ),
    providers: shown.providers,
    comment: shown.comment === then.comment ? '' : shown.comment,
  });
  return since && settled(after, since);
}
