import { request } from '../../api/client';
import type { Filters } from './filters';
import type * as T from './types';

type Signal = AbortSignal | undefined;

const CHANGE = { 'X-Portal-CSRF': '1' };
const create = (key: string) => ({ ...CHANGE, 'Idempotency-Key': key });
const edit = (version: number) => ({ ...CHANGE, 'If-Match': `"${version}"` });

/** The filters as the API takes them; what has no value is left out by the client. */
export const asked = (filters: Filters, search: string) => ({
  search,
  status: filters.status,
  role: filters.role,
  access_level: filters.access_level,
  attention: filters.attention ? 'true' : '',
  sort: filters.sort,
  order: filters.order,
});

export const getMembers = (
  filters: Filters,
  search: string,
  cursor: string | null,
  signal?: Signal,
) =>
  request<T.Page<T.MemberRow>>('get', '/members', {
    query: { ...asked(filters, search), cursor: cursor ?? undefined },
    signal,
  });

export const getMember = (member_id: string, signal?: Signal) =>
  request<T.Member>('get', '/members/{member_id}', { path: { member_id }, signal });

export const postMember = (body: T.NewMember, key: string) =>
  request<T.Member>('post', '/members', { header: create(key), body });

export const patchMember = (member_id: string, version: number, body: T.MemberPatch) =>
  request<T.Member>('patch', '/members/{member_id}', {
    path: { member_id },
    header: edit(version),
    body,
  });

export const moveMember = (member_id: string, version: number, move: T.Move, comment: string) =>
  request<T.Member>('post', `/members/{member_id}/${move}`, {
    path: { member_id },
    header: edit(version),
    body: comment ? { comment } : {},
  });

export const sendEmail = (member_id: string, mail: T.Mail) =>
  request<undefined>(
    'post',
    mail === 'registration'
      ? '/members/{member_id}/registration-email'
      : '/members/{member_id}/password-reset-email',
    { path: { member_id }, header: CHANGE },
  );

export const getHistory = (member_id: string, cursor: string | null, signal?: Signal) =>
  request<T.Page<T.HistoryEntry>>('get', '/members/{member_id}/history', {
    path: { member_id },
    query: { cursor: cursor ?? undefined },
    signal,
  });

export const getRoster = (signal?: Signal) => request<T.Roster>('get', '/roster', { signal });
export const postHandover = (membership_id: string, former_becomes: T.FormerBecomes) =>
  request<T.Roster>('post', '/roster/handover', {
    header: CHANGE,
    body: { membership_id, former_becomes },
  });
export const deleteHandover = () =>
  request<T.Roster>('delete', '/roster/handover', { header: CHANGE });

export const postExport = (filters: Filters, search: string, key: string) => {
  const { status, role, access_level, attention } = filters;
  const given = Object.entries({ search, status, role, access_level }).filter(([, text]) => text);
  return request<{ work_id: string }>('post', '/members/exports', {
    header: create(key),
    body: { ...Object.fromEntries(given), ...(attention ? { attention } : {}) },
  });
};

export const postImport = (size: number, sha256: string, key: string) =>
  request<T.ImportForm>('post', '/member-imports', { header: create(key), body: { size, sha256 } });
export const checkImport = (import_id: string) =>
  request<{ work_id: string }>('post', '/member-imports/{import_id}/check', {
    path: { import_id },
    header: CHANGE,
  });
export const runImport = (import_id: string) =>
  request<{ work_id: string }>('post', '/member-imports/{import_id}/run', {
    path: { import_id },
    header: CHANGE,
  });
export const getImport = (import_id: string, signal?: Signal) =>
  request<T.MemberImport>('get', '/member-imports/{import_id}', { path: { import_id }, signal });
export const getImportProblems = (import_id: string, cursor: string | null, signal?: Signal) =>
  request<T.Page<T.ImportProblem>>('get', '/member-imports/{import_id}/problems', {
    path: { import_id },
    query: { cursor: cursor ?? undefined },
    signal,
  });

export const decideRequest = (membership_id: string, access_level: T.Level, granted: boolean) =>
  request<unknown>('post', granted ? '/access-requests/grant' : '/access-requests/dismiss', {
    header: CHANGE,
    body: { membership_id, access_level },
  });
