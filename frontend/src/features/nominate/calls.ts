import { call } from '../../api/client';
import type { Typed } from './entered';
import type { NewRequest } from './types';

const CHANGE = { 'X-Portal-CSRF': '1' };

/** The link stays as it is. */
export const lookAtForm = (token: string) =>
  call('post', '/nomination-forms/look', { header: CHANGE, body: { token } });

/** The version names the words that were read, and so their language. */
export const signForm = (token: string, typed: Record<Typed, string>, consent_version: string) =>
  call('post', '/nomination-forms/sign', {
    header: CHANGE,
    body: { token, ...typed, consent_version, consented: true },
  });

/** The same answer for everybody (S-MAIL-04). */
export const postNominationRequest = (body: NewRequest) =>
  call('post', '/nomination-requests', { header: CHANGE, body });
