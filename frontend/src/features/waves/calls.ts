import { call } from '../../api/client';
import type { ListedLack } from '../enrollment/types';
import type { NewWave, WavePatch } from './types';

type Signal = AbortSignal | undefined;

const CHANGE = { 'X-Portal-CSRF': '1' };

export const getWaves = (cursor: string | null, signal?: Signal) =>
  call('get', '/waves', { query: { cursor: cursor ?? undefined }, signal });

export const getWave = (wave_id: string, signal?: Signal) =>
  call('get', '/waves/{wave_id}', { path: { wave_id }, signal });

export const postWave = (body: NewWave, key: string) =>
  call('post', '/waves', { header: { ...CHANGE, 'Idempotency-Key': key }, body });

export const patchWave = (wave_id: string, version: number, body: WavePatch) =>
  call('patch', '/waves/{wave_id}', {
    path: { wave_id },
    header: { ...CHANGE, 'If-Match': `"${version}"` },
    body,
  });

export const getWaveOrganizations = (
  wave_id: string,
  lacks: ListedLack | '',
  cursor: string | null,
  signal?: Signal,
) =>
  call('get', '/waves/{wave_id}/organizations', {
    path: { wave_id },
    query: { lacks: lacks || undefined, cursor: cursor ?? undefined },
    signal,
  });

export const fillWave = (wave_id: string, organization_ids: string[]) =>
  call('post', '/waves/{wave_id}/organizations', {
    path: { wave_id },
    header: CHANGE,
    body: { organization_ids },
  });
