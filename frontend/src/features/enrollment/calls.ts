import { call } from '../../api/client';
import type { ListedLack } from './types';

export const getStandings = (lacks: ListedLack | '', cursor: string | null, signal?: AbortSignal) =>
  call('get', '/onboarding', {
    query: { lacks: lacks || undefined, cursor: cursor ?? undefined },
    signal,
  });
