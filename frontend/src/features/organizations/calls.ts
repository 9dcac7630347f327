import { call } from '../../api/client';
import type {
  ChangeKind,
  NewChange,
  NewOrganization,
  OrganizationChange,
  OrganizationPatch,
} from './types';

type Signal = AbortSignal | undefined;

const CHANGE = { 'X-Portal-CSRF': '1' };
const create = (key: string) => ({ ...CHANGE, 'Idempotency-Key': key });

export const getOrganizations = (search: string, cursor: string | null, signal?: Signal) =>
  call('get', '/organizations', { query: { search, cursor: cursor ?? undefined }, signal });

export const getOrganization = (organization_id: string, signal?: Signal) =>
  call('get', '/organizations/{organization_id}', { path: { organization_id }, signal });

export const postOrganization = (body: NewOrganization, key: string) =>
  call('post', '/organizations', { header: create(key), body });

export const patchOrganization = (
  organization_id: string,
  version: number,
  body: OrganizationPatch,
) =>
  call('patch', '/organizations/{organization_id}', {
    path: { organization_id },
    header: { ...CHANGE, 'If-Match': `"${version}"` },
    body,
  });

export const postChange = (organization_id: string, body: NewChange, key: string) =>
  call('post', '/organizations/{organization_id}/changes', {
    path: { organization_id },
    header: create(key),
    body,
  });

/** Names what was shown of it, so that nothing else is confirmed (ORG-9). */
export const confirmChange = (
  organization_id: string,
  { kind, seen }: OrganizationChange,
  tin_matches: boolean,
) =>
  call('post', '/organizations/{organization_id}/changes/{kind}/confirm', {
    path: { organization_id, kind },
    header: CHANGE,
    body: { seen, tin_matches },
  });

export const withdrawChange = (organization_id: string, kind: ChangeKind) =>
  call('delete', '/organizations/{organization_id}/changes/{kind}', {
    path: { organization_id, kind },
    header: CHANGE,
  });

export const getSeat = (organization_id: string, signal?: Signal) =>
  call('get', '/organizations/{organization_id}/seat', { path: { organization_id }, signal });

export const approveBackup = (organization_id: string, membership_id: string) =>
  call('post', '/organizations/{organization_id}/seat', {
    path: { organization_id },
    header: CHANGE,
    body: { membership_id },
  });

/** Mails an administrator who has not registered a new link (ORG-1). */
export const inviteAgain = (organization_id: string, membership_id: string, key: string) =>
  call('post', '/organizations/{organization_id}/invitations/{membership_id}', {
    path: { organization_id, membership_id },
    header: create(key),
  });

export const postImport = (size: number, sha256: string) =>
  call('post', '/organization-imports', { header: CHANGE, body: { size, sha256 } });

export const runImport = (work_id: string, key: string) =>
  call('post', '/organization-imports/{work_id}/run', { path: { work_id }, header: create(key) });

export const getImportProblems = (work_id: string, cursor: string | null, signal?: Signal) =>
  call('get', '/organization-imports/{work_id}/problems', {
    path: { work_id },
    query: { cursor: cursor ?? undefined },
    signal,
  });
