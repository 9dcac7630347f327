/** Shapes of the staff accounts' operations (ACC-11). */
import type { components } from '../../api/schema';

type Schemas = components['schemas'];

export type StaffRow = Schemas['StaffRow'];
export type StaffAccount = Schemas['StaffAccountView'];
export type NewStaff = Required<Schemas['NewStaffBody']>;
export type StaffPatch = Schemas['StaffEditBody'];
export type StaffRole = StaffRow['roles'][number];
export type StaffStatus = StaffRow['status'];
/** A review by another plan administrator. */
export type StaffVerdict = Schemas['StaffReviewBody']['decision'];
export type StaffMove = StaffAccount['moves'][number];
export type StaffMail = StaffAccount['emails'][number];
export type Department = Schemas['DepartmentView'];
export type HistoryEntry = Schemas['HistoryEntry'];

export const ROLES: readonly StaffRole[] = [
  'department_agent',
  'enrollment',
  'helpdesk',
  'auditor',
  'plan_administrator',
];
export const STATUSES: readonly StaffStatus[] = [
  'unverified',
  'active',
  'inactive',
  'suspended',
  'disabled',
];
