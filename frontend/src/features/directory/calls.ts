import { call } from '../../api/client';
import type { NewDirectoryRequest } from './types';

type Signal = AbortSignal | undefined;

const CHANGE = { 'X-Portal-CSRF': '1' };

/** A TIN is no part of a URL. */
export const lookUp = (tin: string) =>
  call('post', '/directory', { header: CHANGE, body: { tin } });

export const postDirectoryRequest = (body: NewDirectoryRequest) =>
  call('post', '/directory/requests', { header: CHANGE, body });

export const getDirectoryRequests = (cursor: string | null, signal?: Signal) =>
  call('get', '/directory-requests', { query: { cursor: cursor ?? undefined }, signal });

export const settleDirectoryRequest = (directory_request_id: string) =>
  call('post', '/directory-requests/{directory_request_id}/settle', {
    path: { directory_request_id },
    header: CHANGE,
  });
