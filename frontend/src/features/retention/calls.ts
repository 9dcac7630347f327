import { call } from '../../api/client';
import type { components } from '../../api/schema';

type Signal = AbortSignal | undefined;

export type Hold = components['schemas']['HoldView'];
export type NewHold = components['schemas']['HoldBody'];
export type Move = Hold['moves'][number];
export type Kind = Hold['subject']['kind'];
export type Certificate = components['schemas']['Certificate'];

const CHANGE = { 'X-Portal-CSRF': '1' };

export const getHolds = (cursor: string | null, signal?: Signal) =>
  call('get', '/legal-holds', { query: { cursor: cursor ?? undefined }, signal });

export const postHold = (body: NewHold, key: string) =>
  call('post', '/legal-holds', { header: { ...CHANGE, 'Idempotency-Key': key }, body });

/** `reason` for `ask_to_lift` alone. */
export const moveHold = ({ id, version }: Hold, move: Move, reason: string | null) =>
  call('post', '/legal-holds/{hold_id}/moves', {
    path: { hold_id: id },
    header: { ...CHANGE, 'If-Match': `"${version}"` },
    body: { move, reason },
  });

export const getDeletions = (cursor: string | null, signal?: Signal) =>
  call('get', '/deletions', { query: { cursor: cursor ?? undefined }, signal });

export const postThreadExport = (thread_id: string, reason: string, key: string) =>
  call('post', '/records/threads/{thread_id}/export', {
    path: { thread_id },
    header: { ...CHANGE, 'Idempotency-Key': key },
    body: { reason },
  });
