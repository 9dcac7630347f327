import { call } from '../../api/client';
import type { Choices } from './types';

const CHANGE = { 'X-Portal-CSRF': '1' };

export const getNotices = (signal?: AbortSignal) => call('get', '/profile/notices', { signal });

export const putNotices = (version: number, channels: Choices) =>
  call('put', '/profile/notices', {
    header: { ...CHANGE, 'If-Match': `"${version}"` },
    body: { channels },
  });

/** The same answer whosever address it is (S-AUTH-07). */
export const putAddress = (email: string) =>
  call('put', '/profile/notices/address', { header: CHANGE, body: { email } });
export const deleteAddress = () => call('delete', '/profile/notices/address', { header: CHANGE });
export const deleteWaitingAddress = () =>
  call('delete', '/profile/notices/waiting-address', { header: CHANGE });

export const confirmAddress = (token: string) =>
  call('post', '/notice-address-confirmations', { header: CHANGE, body: { token } });
