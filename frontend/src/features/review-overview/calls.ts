import { call } from '../../api/client';
import type { AdministratorReview, NewCall, State, Verdict } from './types';

type Signal = AbortSignal | undefined;

const CHANGE = { 'X-Portal-CSRF': '1' };

export const getOverview = (
  state: State | '',
  search: string,
  cursor: string | null,
  signal?: Signal,
) =>
  call('get', '/review-overview', {
    query: { state: state || undefined, search, cursor: cursor ?? undefined },
    signal,
  });

export const getOpenPeople = (organization_id: string, signal?: Signal) =>
  call('get', '/review-overview/{organization_id}', { path: { organization_id }, signal });

export const getReviewCalls = (signal?: Signal) => call('get', '/review-calls', { signal });

export const postReviewCall = (body: NewCall, key: string) =>
  call('post', '/review-calls', { header: { ...CHANGE, 'Idempotency-Key': key }, body });

export const getSuspects = (cursor: string | null, signal?: Signal) =>
  call('get', '/suspect-reviews', { query: { cursor: cursor ?? undefined }, signal });

export const settleSuspect = (suspect_id: string, finding: string) =>
  call('post', '/suspect-reviews/{suspect_id}/settle', {
    path: { suspect_id },
    header: CHANGE,
    body: { finding },
  });

export const getAdministratorReviews = (cursor: string | null, signal?: Signal) =>
  call('get', '/administrator-reviews', { query: { cursor: cursor ?? undefined }, signal });

const pathOf = ({ organization, card }: AdministratorReview) => ({
  organization_id: organization.id,
  membership_id: card.id,
});

/** What is shown of the first of two: null where one is the first oneself. */
export const stepOf = ({ need, confirmed_by }: AdministratorReview) => ({
  need,
  first_at: confirmed_by?.at ?? null,
});

/** Names what it is a decision about: the account's version, what the card showed, and the first one's decision. */
export const postAdministratorReview = (
  item: AdministratorReview,
  decision: Verdict,
  reason: string,
) =>
  call('post', '/administrator-reviews/{organization_id}/{membership_id}', {
    path: pathOf(item),
    header: { ...CHANGE, 'If-Match': `"${item.card.version}"` },
    body: { ...stepOf(item), decision, seen: item.card.seen, reason },
  });

export const withdrawAdministratorReview = (item: AdministratorReview) =>
  call('post', '/administrator-reviews/{organization_id}/{membership_id}/withdraw', {
    path: pathOf(item),
    header: CHANGE,
    body: stepOf(item),
  });
