import { call as typed } from '../../api/client';
import type * as T from './types';

type Signal = AbortSignal | undefined;

type Free = <Answer>(method: string, path: string, input: object) => Promise<Answer>;
const call = typed as unknown as Free;

const CHANGE = { 'X-Portal-CSRF': '1' };

export const getOverview = (
  state: T.State | '',
  search: string,
  cursor: string | null,
  signal?: Signal,
) =>
  call<T.List<T.OverviewRow>>('get', '/review-overview', {
    query: { state: state || undefined, search, cursor: cursor ?? undefined },
    signal,
  });

export const getOpenPeople = (organization_id: string, signal?: Signal) =>
  call<{ items: T.OpenPerson[] }>('get', '/review-overview/{organization_id}', {
    path: { organization_id },
    signal,
  });

export const getReviewCalls = (signal?: Signal) =>
  call<T.List<T.ReviewCall>>('get', '/review-calls', { signal });

export const postReviewCall = (body: T.NewCall, key: string) =>
  call<undefined>('post', '/review-calls', { header: { ...CHANGE, 'Idempotency-Key': key }, body });

export const getSuspects = (cursor: string | null, signal?: Signal) =>
  call<T.List<T.Suspect>>('get', '/suspect-reviews', {
    query: { cursor: cursor ?? undefined },
    signal,
  });

export const settleSuspect = (suspect_id: string, finding: string) =>
  call<undefined>('post', '/suspect-reviews/{suspect_id}/settle', {
    path: { suspect_id },
    header: CHANGE,
    body: { finding },
  });

export const getAdministratorReviews = (cursor: string | null, signal?: Signal) =>
  call<T.List<T.AdministratorReview>>('get', '/administrator-reviews', {
    query: { cursor: cursor ?? undefined },
    signal,
  });

const pathOf = ({ organization, card }: T.AdministratorReview) => ({
  organization_id: organization.id,
  membership_id: card.id,
});

export const postAdministratorReview = (
  item: T.AdministratorReview,
  decision: T.Verdict,
  reason: string,
) =>
  call<{ state: 'waiting' | 'done' }>(
    'post',
    '/administrator-reviews/{organization_id}/{membership_id}',
    {
      path: pathOf(item),
      header: { ...CHANGE, 'If-Match': `"${item.card.version}"` },
      body: { need: item.need, decision, seen: item.card.seen, reason },
    },
  );

export const withdrawAdministratorReview = (item: T.AdministratorReview) =>
  call<undefined>('post', '/administrator-reviews/{organization_id}/{membership_id}/withdraw', {
    path: pathOf(item),
    header: CHANGE,
  });
