import { call } from '../../api/client';
import type * as T from './types';

type Signal = AbortSignal | undefined;

const CHANGE = { 'X-Portal-CSRF': '1' };

export const getReviews = (who: T.Who, cursor: string | null, signal?: Signal) =>
  call('get', '/reviews', { query: { who, cursor: cursor ?? undefined }, signal });

/** One card anew. */
export const getCard = (membership_id: string, signal?: Signal) =>
  call('get', '/reviews/{membership_id}', { path: { membership_id }, signal });

/** Names what it is a decision about: the account's version, and what the card showed (PLT-3, REV-5). */
export const decide = ({ id, version }: T.Card, body: T.DecisionBody) =>
  call('post', '/reviews/{membership_id}', {
    path: { membership_id: id },
    header: { ...CHANGE, 'If-Match': `"${version}"` },
    body,
  });

/** The decisions of one's own practice; for the plan, of any (REV-5). */
export const getDecisions = (
  organization_id: string | null,
  cursor: string | null,
  signal?: Signal,
) => {
  const query = { cursor: cursor ?? undefined };
  return organization_id === null
    ? call('get', '/review-decisions', { query, signal })
    : call('get', '/organizations/{organization_id}/review-decisions', {
        path: { organization_id },
        query,
        signal,
      });
};

export const postExport = (key: string) =>
  call('post', '/review-exports', { header: { ...CHANGE, 'Idempotency-Key': key } });
