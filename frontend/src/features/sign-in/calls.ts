import { call } from '../../api/client';

const CHANGE = { 'X-Portal-CSRF': '1' };

/** A code of the authenticator app, or a recovery code. */
export const postCode = (code: string) =>
  call('post', '/session/factor', { header: CHANGE, body: { code } });

/** The password once more, and a code where a second factor is enrolled (S-SESS-10). */
export const postProof = (password: string, code: string | null) =>
  call('post', '/session/proof', { header: CHANGE, body: { password, code } });

/** While signing in, the code was given before. */
export const putPassword = (current: string, password: string) =>
  call('put', '/profile/password', { header: CHANGE, body: { current, password, code: null } });

export const postFactor = () => call('post', '/profile/factor', { header: CHANGE });
export type Candidate = Awaited<ReturnType<typeof postFactor>>;

export const confirmFactor = (code: string) =>
  call('post', '/profile/factor/confirmation', { header: CHANGE, body: { code } });
