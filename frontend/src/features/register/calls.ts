import { call } from '../../api/client';
import type { Language } from '../../api/types';

const CHANGE = { 'X-Portal-CSRF': '1' };

export interface Asked {
  name: string;
  email: string;
  phone: string;
  tin: string;
}

export const postRegistration = (asked: Asked, language: Language) =>
  call('post', '/registrations', { header: CHANGE, body: { ...asked, language } });

/** Whom a link is for; the link stays as it is. */
export const lookAtLink = (token: string) =>
  call('post', '/registrations/look', { header: CHANGE, body: { token } });

export const completeRegistration = (token: string, name: string, password: string) =>
  call('post', '/registrations/complete', {
    header: CHANGE,
    body: { token, name, password, accept_terms: true },
  });

export const completeReset = (token: string, password: string) =>
  call('post', '/password-resets/complete', { header: CHANGE, body: { token, password } });
