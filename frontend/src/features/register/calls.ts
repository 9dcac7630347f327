import { call } from '../../api/client';
import type { Language } from '../../api/types';
import type { Answered } from '../credentials/question-values';

const CHANGE = { 'X-Portal-CSRF': '1' };

export interface Asked {
  name: string;
  email: string;
  phone: string;
  tin: string;
}

export const postRegistration = (asked: Asked, language: Language) =>
  call('post', '/registrations', { header: CHANGE, body: { ...asked, language } });

/** Whom a link is for, and what it asks of them. */
export interface Invited {
  name: string;
  email: string;
  organization?: string | null;
  /** Is a second factor set up with it (CRD-9)? */
  factor_required: boolean;
  password_shortest?: number;
}

export interface Candidate {
  secret: string;
  uri: string;
}

export interface Completed {
  /** Shown this once; none where no second factor was set up. */
  recovery_codes: readonly string[];
}

/** What somebody enters to open their account, or to set it up again. */
export interface Entered {
  password: string;
  questions: Answered[];
  code: string | null;
}

/** The link stays as it is. */
export const lookAtLink = (token: string) =>
  call('post', '/registrations/look', { header: CHANGE, body: { token } });

/** The seed for the authenticator app; the same for the same link. */
export const postCandidate = (token: string) =>
  call('post', '/registrations/factor', { header: CHANGE, body: { token } });

export const completeRegistration = (token: string, name: string, entered: Entered) =>
  call('post', '/registrations/complete', {
    header: CHANGE,
    body: { token, name, accept_terms: true, ...entered },
  });
