/** Shapes of User Management's operations (ACC-2 to ACC-4, ORG-3 to ORG-5). Ids are opaque, times ISO 8601 UTC. */

export const ROLES = ['local_administrator', 'backup_administrator', 'general_user'] as const;
export type Role = (typeof ROLES)[number];
export type FormerBecomes = Exclude<Role, 'local_administrator'>;

/** Those that an administrator grants; `manage_account` follows the role (ACC-5). */
export const GRANTED_LEVELS = [
  'health_records',
  'claims',
  'eligibility',
  'health_passport',
  'assessments',
  'authorizations',
] as const;
export type GrantedLevel = (typeof GRANTED_LEVELS)[number];
export const LEVELS = [...GRANTED_LEVELS, 'manage_account'] as const;
export type Level = (typeof LEVELS)[number];

/** In the order of the filter: what waits for an administrator comes first (ACC-3). */
export const STATUSES = [
  'verification_pending',
  'unverified',
  'active',
  'inactive',
  'suspended',
  'disabled',
  'rejected',
  'removed',
] as const;
export type Status = (typeof STATUSES)[number];

export type Attention =
  'verification_pending' | 'invitation_expired' | 'access_request' | 'looks_shared';
export type Move = 'enable' | 'disable' | 'reject' | 'remove';
export type Mail = 'registration' | 'password_reset';

export interface Page<Item> {
  items: Item[];
  next_cursor: string | null;
}

export interface MemberRow {
  id: string;
  name: string;
  email: string;
  role: Role;
  status: Status;
  access_levels: Level[];
  attention: Attention[];
}

export interface Member {
  id: string;
  /** What an edit names in `If-Match`. */
  version: number;
  name: string;
  email: string;
  phone: string;
  status: Status;
  causes: Status[];
  role: Role;
  access_levels: Level[];
  /** NPIs; empty stands for all of the organization's. */
  providers: string[];
  last_sign_in_at: string | null;
  tin_verified: boolean;
  created_at: string | null;
  verified_at: string | null;
  invitation_ends_at: string | null;
  /** It is the reader's own account, which nobody changes themself (ACC-6). */
  own: boolean;
  moves: Move[];
  emails: Mail[];
  requested_levels: Level[];
  entitlements: Level[];
  npis: string[];
}

export interface NewMember {
  name: string;
  email: string;
  phone: string;
  role: FormerBecomes;
  access_levels: GrantedLevel[];
  providers: string[];
  /** The administrator says that it is one named person (ACC-2). */
  confirmed_person: boolean;
}

export interface MemberPatch {
  role?: Role;
  access_levels?: Level[];
  providers?: string[];
  comment?: string;
}

export type HistoryField = 'role' | 'access_levels' | 'providers' | 'status';
export interface HistoryChange {
  field: HistoryField;
  from: string | string[] | null;
  to: string | string[] | null;
}
export interface HistoryEntry {
  number: number;
  at: string;
  by: { name: string; email: string };
  changes: HistoryChange[];
  /** Verbatim, and only ever shown as text. */
  comment: string | null;
}

export type RosterWarning =
  'without_administrator' | 'one_administrator' | 'no_backup' | 'seat_vacant';
export interface Person {
  id: string;
  name: string;
  email: string;
}
export interface Roster {
  seat: (Person & { status: Status }) | null;
  backups: Person[];
  handover: { member: Person; former_becomes: FormerBecomes } | null;
  warnings: RosterWarning[];
  backup_required: boolean;
}

/** What waits for administrators (NOT-5). */
export interface Attentions {
  items: { kind: string; count: number; members: { id: string; name: string }[] }[];
}

export interface ImportForm {
  id: string;
  url: string;
  fields: Record<string, string>;
}
export interface MemberImport {
  id: string;
  state: string;
  work_id: string | null;
  rows: number;
  problems: number;
}
export interface ImportProblem {
  row: number;
  column: string;
  code: string;
  detail: string;
}
