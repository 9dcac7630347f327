import { call } from '../../api/client';
import type { Typed } from './entered';
import type { FormToSign } from './types';

const CHANGE = { 'X-Portal-CSRF': '1' };

// Until the API document has them.
const ask = call as unknown as (method: string, path: string, input: object) => Promise<unknown>;

/** The link stays as it is. */
export const lookAtForm = (token: string) =>
  ask('post', '/nomination-forms/look', { header: CHANGE, body: { token } }) as Promise<FormToSign>;

/** The version names the words that were read, and so their language. */
export const signForm = (token: string, typed: Record<Typed, string>, consent_version: string) =>
  ask('post', '/nomination-forms/sign', {
    header: CHANGE,
    body: { token, ...typed, consent_version, consented: true },
  });

export interface NewRequest {
  practice_name: string;
  tin: string;
  npis: string[];
  executive_name: string;
  executive_email: string;
  phone: string;
  note: string;
}

/** The same answer for everybody (S-MAIL-04). */
export const postNominationRequest = (body: NewRequest) =>
  ask('post', '/nomination-requests', { header: CHANGE, body });
