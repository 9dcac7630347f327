import { call } from '../../api/client';
import type { Filters } from './filters';
import type * as T from './types';

type Signal = AbortSignal | undefined;

const CHANGE = { 'X-Portal-CSRF': '1' };
/** The same key while the same content is retried, so that nobody is created twice (PLT-3). */
const create = (key: string) => ({ ...CHANGE, 'Idempotency-Key': key });
/** An edit names what it is an edit of, so that nobody's change is overwritten unseen (PLT-3). */
const edit = (version: number) => ({ ...CHANGE, 'If-Match': `"${version}"` });

/** The filters that narrow, as the API takes them. */
const narrowing = ({ status, role, access_level }: Filters) => ({
  ...(status && { status }),
  ...(role && { role }),
  ...(access_level && { access_level }),
});

export const getMembers = (
  filters: Filters,
  search: string,
  cursor: string | null,
  signal?: Signal,
) =>
  call('get', '/members', {
    query: {
      ...narrowing(filters),
      ...(filters.attention && { attention: 'true' as const }),
      sort: filters.sort,
      order: filters.order,
      search,
      cursor: cursor ?? undefined,
    },
    signal,
  });

export const getMember = (membership_id: string, signal?: Signal) =>
  call('get', '/members/{membership_id}', { path: { membership_id }, signal });

export const postMember = (body: T.NewMember, key: string) =>
  call('post', '/members', { header: create(key), body });

export const patchMember = (membership_id: string, version: number, body: T.MemberPatch) =>
  call('patch', '/members/{membership_id}', {
    path: { membership_id },
    header: edit(version),
    body,
  });

export const moveMember = (membership_id: string, version: number, move: T.Move, comment: string) =>
  call('post', `/members/{membership_id}/${move}`, {
    path: { membership_id },
    header: edit(version),
    body: { comment },
  });

const MAILS = {
  registration: '/members/{membership_id}/registration-email',
  password_reset: '/members/{membership_id}/password-reset-email',
} as const;

export const sendEmail = (membership_id: string, mail: T.Mail) =>
  call('post', MAILS[mail], { path: { membership_id }, header: CHANGE });

export const getHistory = (membership_id: string, cursor: string | null, signal?: Signal) =>
  call('get', '/members/{membership_id}/history', {
    path: { membership_id },
    query: { cursor: cursor ?? undefined },
    signal,
  });

export const decideRequest = (membership_id: string, access_level: T.Level, granted: boolean) =>
  call('post', granted ? '/access-requests/grant' : '/access-requests/dismiss', {
    header: CHANGE,
    body: { membership_id, access_level },
  });

export const getRoster = (signal?: Signal) => call('get', '/roster', { signal });

export const postHandover = (body: T.Handover) =>
  call('post', '/roster/handover', { header: CHANGE, body });

export const deleteHandover = () => call('delete', '/roster/handover', { header: CHANGE });

export const postExport = (filters: Filters, key: string) => {
  const { sort, order } = filters;
  return call('post', '/members/exports', {
    header: create(key),
    body: { ...narrowing(filters), sort, order },
  });
};

export const postImport = (size: number, sha256: string) =>
  call('post', '/member-imports', { header: CHANGE, body: { size, sha256 } });

export const beginWork = (work_id: string) =>
  call('post', '/work/{work_id}/begin', { path: { work_id }, header: CHANGE });

export const runImport = (work_id: string, key: string) =>
  call('post', '/member-imports/{work_id}/run', { path: { work_id }, header: create(key) });

export const getImportProblems = (work_id: string, cursor: string | null, signal?: Signal) =>
  call('get', '/member-imports/{work_id}/problems', {
    path: { work_id },
    query: { cursor: cursor ?? undefined },
    signal,
  });
