import { call } from '../../api/client';
import type { components } from '../../api/schema';

type Schemas = components['schemas'];
export type NewBroadcast = Schemas['BroadcastBody'];
export type Group = NewBroadcast['to'];

export const postBroadcast = (body: NewBroadcast, key: string) =>
  call('post', '/broadcasts', {
    header: { 'X-Portal-CSRF': '1', 'Idempotency-Key': key },
    body,
  });

export const getSkipped = (work_id: string, cursor: string | null, signal?: AbortSignal) =>
  call('get', '/broadcasts/{work_id}/skipped', {
    path: { work_id },
    query: { cursor: cursor ?? undefined },
    signal,
  });
