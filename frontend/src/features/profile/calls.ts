import { call } from '../../api/client';
import type { Session } from '../../api/types';
import type { Answered, Candidate, Details, OwnSession } from './types';

type Signal = AbortSignal | undefined;

const CHANGE = { 'X-Portal-CSRF': '1' };

// Typed by hand until the API document has these operations.
const ask = call as unknown as <Answer>(
  method: string,
  path: string,
  input: object,
) => Promise<Answer>;

export const getProfile = (signal?: Signal) => call('get', '/profile', { signal });

export const patchProfile = (version: number, body: Partial<Details>) =>
  call('patch', '/profile', {
    header: { ...CHANGE, 'If-Match': `"${version}"` },
    body,
  });

export const putPassword = (current: string, password: string, code: string | null) =>
  ask<Session>('put', '/profile/password', { header: CHANGE, body: { current, password, code } });

export const putQuestions = (questions: readonly Answered[]) =>
  ask<undefined>('put', '/profile/questions', { header: CHANGE, body: { questions } });

export const postEmail = (email: string) =>
  call('post', '/profile/email', { header: CHANGE, body: { email } });
export const deleteEmail = () => call('delete', '/profile/email', { header: CHANGE });
export const confirmEmail = (token: string) =>
  call('post', '/email-confirmations', { header: CHANGE, body: { token } });

export const postFactor = () => ask<Candidate>('post', '/profile/factor', { header: CHANGE });
export const confirmFactor = (code: string) =>
  ask<{ recovery_codes: string[] }>('post', '/profile/factor/confirmation', {
    header: CHANGE,
    body: { code },
  });
export const deleteFactor = (code: string) =>
  ask<undefined>('delete', '/profile/factor', { header: CHANGE, body: { code } });
export const postRecoveryCodes = () =>
  ask<{ recovery_codes: string[] }>('post', '/profile/recovery-codes', { header: CHANGE });

export const getOwnSessions = (signal?: Signal) =>
  ask<{ items: OwnSession[] }>('get', '/profile/sessions', { signal });
export const deleteOwnSession = (session_id: string) =>
  ask<undefined>('delete', '/profile/sessions/{session_id}', {
    path: { session_id },
    header: CHANGE,
  });
export const endOtherSessions = () =>
  ask<undefined>('post', '/profile/sessions/end-others', { header: CHANGE });
