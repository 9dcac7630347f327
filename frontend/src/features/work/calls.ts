import { call } from '../../api/client';
import type { components } from '../../api/schema';

export type Work = components['schemas']['WorkView'];

type Signal = AbortSignal | undefined;

const CHANGE = { 'X-Portal-CSRF': '1' };
// Asked for by a timer: it must not extend the session (CRD-8).
const BACKGROUND = { 'X-Portal-Background': '1' };

export const getWork = (work_id: string, signal?: Signal) =>
  call('get', '/work/{work_id}', { path: { work_id }, header: BACKGROUND, signal });

export const getWorks = (cursor: string | null, signal?: Signal) =>
  call('get', '/work', { query: { cursor: cursor ?? undefined }, signal });

export const postStop = (work_id: string) =>
  call('post', '/work/{work_id}/stop', { path: { work_id }, header: CHANGE });

export const getResult = (work_id: string) =>
  call('get', '/work/{work_id}/result', { path: { work_id } });
