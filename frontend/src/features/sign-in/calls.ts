import { coming } from '../../api/coming';
import type { SignedIn } from '../../api/coming';

/** A code of the authenticator app, or a recovery code. */
export const postCode = (code: string) =>
  coming<SignedIn>('post', '/session/factor', { body: { code } });

/** The password once more, and a code where a second factor is enrolled (S-SESS-10). */
export const postProof = (password: string, code: string | null) =>
  coming<SignedIn>('post', '/session/proof', { body: { password, code } });

export const putPassword = (current: string, password: string) =>
  coming<SignedIn>('put', '/profile/password', { body: { current, password, code: null } });

export interface Candidate {
  secret: string;
  uri: string;
}

export const postFactor = () => coming<Candidate>('post', '/profile/factor');

export const confirmFactor = (code: string) =>
  coming<{ recovery_codes: string[] }>('post', '/profile/factor/confirmation', { body: { code } });
