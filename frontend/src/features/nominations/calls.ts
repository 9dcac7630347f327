import { call } from '../../api/client';
import type { GrantedLevel } from '../users/types';
import type { Place } from './place';
import type { Nomination } from './types';

type Signal = AbortSignal | undefined;

const CHANGE = { 'X-Portal-CSRF': '1' };

export const getNominations = (state: Place, cursor: string | null, signal?: Signal) =>
  call('get', '/nominations', { query: { state, cursor: cursor ?? undefined }, signal });

export const getNomination = (organization_id: string, nomination_id: string, signal?: Signal) =>
  call('get', '/organizations/{organization_id}/nominations/{nomination_id}', {
    path: { organization_id, nomination_id },
    signal,
  });

/** A form goes to the executive; one that is out ends with it. */
export const postNomination = (organization_id: string, key: string) =>
  call('post', '/organizations/{organization_id}/nominations', {
    path: { organization_id },
    header: { ...CHANGE, 'Idempotency-Key': key },
  });

const pathOf = ({ organization, id }: Nomination) => ({
  organization_id: organization.id,
  nomination_id: id,
});
/** Each is about the nomination as it is shown: of two at once, one is told that it has changed. */
const headerOf = ({ version }: Nomination) => ({ ...CHANGE, 'If-Match': `"${version}"` });

export const postVerification = (
  nomination: Nomination,
  tin_matches: boolean,
  npis_match: boolean,
) =>
  call('post', '/organizations/{organization_id}/nominations/{nomination_id}/verify', {
    path: pathOf(nomination),
    header: headerOf(nomination),
    body: { tin_matches, npis_match },
  });

/** Without a level somebody who is a member already keeps theirs. */
export const postApproval = (nomination: Nomination, levels: readonly GrantedLevel[]) =>
  call('post', '/organizations/{organization_id}/nominations/{nomination_id}/approve', {
    path: pathOf(nomination),
    header: headerOf(nomination),
    body: { access_levels: levels.length > 0 ? [...levels] : null },
  });

export const postReturn = (nomination: Nomination, reason: string) =>
  call('post', '/organizations/{organization_id}/nominations/{nomination_id}/return', {
    path: pathOf(nomination),
    header: headerOf(nomination),
    body: { reason },
  });

export const postWithdrawal = (nomination: Nomination) =>
  call('post', '/organizations/{organization_id}/nominations/{nomination_id}/withdraw', {
    path: pathOf(nomination),
    header: headerOf(nomination),
  });

/** A PDF of what was signed in a round, as a long work. */
export const postPrint = (nomination: Nomination, round: number, key: string) =>
  call('post', '/organizations/{organization_id}/nominations/{nomination_id}/print', {
    path: pathOf(nomination),
    header: { ...CHANGE, 'Idempotency-Key': key },
    body: { round },
  });

export const getRequests = (cursor: string | null, signal?: Signal) =>
  call('get', '/nomination-requests', { query: { cursor: cursor ?? undefined }, signal });

/** With the organization that was made or found for it, or none. */
export const settleRequest = (request_id: string, organization_id: string | null) =>
  call('post', '/nomination-requests/{request_id}/settle', {
    path: { request_id },
    header: CHANGE,
    body: { organization_id },
  });
