import { call } from '../../api/client';

const CHANGE = { 'X-Portal-CSRF': '1' };

export const mendOwn = (address: string) =>
  call('post', '/profile/notices/stops/mend', { header: CHANGE, body: { address } });

export const mendMember = (membership_id: string) =>
  call('post', '/members/{membership_id}/stops/mend', { path: { membership_id }, header: CHANGE });

export const mendStaff = (user_id: string) =>
  call('post', '/staff/{user_id}/stops/mend', { path: { user_id }, header: CHANGE });
