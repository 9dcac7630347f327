/** Short names for the shapes of User Management (ACC-2 to ACC-4, ORG-3 to ORG-5). Ids are opaque, times UTC. */
import type { components } from '../../api/schema';

type Schemas = components['schemas'];

export type MemberRow = Schemas['MemberRow'];
export type Member = Schemas['MemberView'];
export type NewMember = Schemas['NewMember'];
export type MemberPatch = Schemas['EditBody'];
export type HistoryEntry = Schemas['HistoryEntry'];
export type HistoryChange = Schemas['ChangeView'];
export type Roster = Schemas['RosterView'];
export type Handover = Schemas['HandoverBody'];
export type NewHolder = Schemas['NewHolder'];
export type Person = Schemas['Administrator'];
export type ImportProblem = Schemas['ProblemView'];
export type ProblemsPage = Schemas['ProblemsView'];
/** A dry run that waits for its file, and the form to send it with. */
export type AnnouncedFile = Schemas['AnnouncedImport'];

/** What waits for administrators (NOT-5). */
export type Attentions = Schemas['AttentionView'];

export type Role = Member['role'];
export type FormerBecomes = Exclude<Role, 'local_administrator'>;
export type Level = Member['access_levels'][number];
/** Those that an administrator grants; `manage_account` follows the role (ACC-5). */
export type GrantedLevel = Exclude<Level, 'manage_account'>;
export type Status = Member['status'];
export type Move = Member['moves'][number];
export type Mail = Member['emails'][number];

export const ROLES = [
  'local_administrator',
  'backup_administrator',
  'general_user',
] as const satisfies readonly Role[];

export const GRANTED_LEVELS = [
  'health_records',
  'claims',
  'eligibility',
  'health_passport',
  'assessments',
  'authorizations',
] as const satisfies readonly Level[];

export const LEVELS = [...GRANTED_LEVELS, 'manage_account'] as const;

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
] as const satisfies readonly Status[];
