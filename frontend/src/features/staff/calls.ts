import { call } from '../../api/client';
import type {
  NewStaff,
  StaffMail,
  StaffMove,
  StaffPatch,
  StaffRole,
  StaffStatus,
  StaffVerdict,
} from './types';

type Signal = AbortSignal | undefined;

const CHANGE = { 'X-Portal-CSRF': '1' };
const edit = (version: number) => ({ ...CHANGE, 'If-Match': `"${version}"` });

export interface Filters {
  role: StaffRole | '';
  status: StaffStatus | '';
}

export const getStaff = (
  search: string,
  { role, status }: Filters,
  cursor: string | null,
  signal?: Signal,
) =>
  call('get', '/staff', {
    query: {
      search,
      role: role || undefined,
      status: status || undefined,
      cursor: cursor ?? undefined,
    },
    signal,
  });

export const getStaffAccount = (user_id: string, signal?: Signal) =>
  call('get', '/staff/{user_id}', { path: { user_id }, signal });

export const postStaff = (body: NewStaff, key: string) =>
  call('post', '/staff', { header: { ...CHANGE, 'Idempotency-Key': key }, body });

export const patchStaff = (user_id: string, version: number, body: StaffPatch) =>
  call('patch', '/staff/{user_id}', { path: { user_id }, header: edit(version), body });

export const moveStaff = (user_id: string, version: number, move: StaffMove, comment: string) =>
  call('post', move === 'enable' ? '/staff/{user_id}/enable' : '/staff/{user_id}/disable', {
    path: { user_id },
    header: edit(version),
    body: { comment },
  });

/** Sends what is decided about somebody, as the page showed them (ACC-11). */
export const reviewStaff = (
  user_id: string,
  version: number,
  decision: StaffVerdict,
  reason: string,
) =>
  call('post', '/staff/{user_id}/review', {
    path: { user_id },
    header: edit(version),
    body: { decision, reason },
  });

export const sendStaffEmail = (user_id: string, mail: StaffMail) =>
  call(
    'post',
    mail === 'registration'
      ? '/staff/{user_id}/registration-email'
      : '/staff/{user_id}/password-reset-email',
    { path: { user_id }, header: CHANGE },
  );

export const getStaffHistory = (user_id: string, cursor: string | null, signal?: Signal) =>
  call('get', '/staff/{user_id}/history', {
    path: { user_id },
    query: { cursor: cursor ?? undefined },
    signal,
  });

export const getDepartments = (signal?: Signal) => call('get', '/departments', { signal });
