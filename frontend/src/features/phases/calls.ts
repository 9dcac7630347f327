import { call } from '../../api/client';
import type { Exceptional, Feature, PhaseBody } from './types';

type Signal = AbortSignal | undefined;

const CHANGE = { 'X-Portal-CSRF': '1' };

export const getPhases = (scope_id: string, signal?: Signal) =>
  call('get', '/phases/{scope_id}', { path: { scope_id }, signal });

export const getExceptions = (scope: Exceptional, cursor: string | null, signal?: Signal) =>
  call('get', '/phases', { query: { scope, cursor: cursor ?? undefined }, signal });

export const getOrganizationChoices = (search: string, cursor: string | null, signal?: Signal) =>
  call('get', '/phases/organizations', { query: { search, cursor: cursor ?? undefined }, signal });

export const getWaveChoices = (cursor: string | null, signal?: Signal) =>
  call('get', '/phases/waves', { query: { cursor: cursor ?? undefined }, signal });

export const putPhase = (scope_id: string, feature: Feature, version: number, body: PhaseBody) =>
  call('put', '/phases/{scope_id}/{feature}', {
    path: { scope_id, feature },
    header: { ...CHANGE, 'If-Match': `"${version}"` },
    body,
  });

export const deletePhase = (scope_id: string, feature: Feature, version: number) =>
  call('delete', '/phases/{scope_id}/{feature}', {
    path: { scope_id, feature },
    header: { ...CHANGE, 'If-Match': `"${version}"` },
  });
