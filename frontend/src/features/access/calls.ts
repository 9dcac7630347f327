import { call } from '../../api/client';
import type { AccessLevel } from '../../api/types';

type Signal = AbortSignal | undefined;

const CHANGE = { 'X-Portal-CSRF': '1' };

export const getFeatures = (signal?: Signal) => call('get', '/features', { signal });

/** Refused with `access_level_required` when the open membership does not hold it (ACC-9). */
export const getFeature = (access_level: AccessLevel, signal?: Signal) =>
  call('get', '/features/{access_level}', { path: { access_level }, signal });

export const getAdministrators = (signal?: Signal) => call('get', '/administrators', { signal });

export const postAccessRequest = (access_level: AccessLevel, key: string) =>
  call('post', '/access-requests', {
    header: { ...CHANGE, 'Idempotency-Key': key },
    body: { access_level },
  });
