import { call } from '../../api/client';
import type { Details, NewQuestions } from './types';

type Signal = AbortSignal | undefined;

const CHANGE = { 'X-Portal-CSRF': '1' };

export const getProfile = (signal?: Signal) => call('get', '/profile', { signal });

export const patchProfile = (version: number, body: Partial<Details>) =>
  call('patch', '/profile', {
    header: { ...CHANGE, 'If-Match': `"${version}"` },
    body,
  });

export const putPassword = (current: string, password: string, code: string | null) =>
  call('put', '/profile/password', { header: CHANGE, body: { current, password, code } });

export const putQuestions = (questions: NewQuestions) =>
  call('put', '/profile/questions', { header: CHANGE, body: { questions } });

export const postEmail = (email: string) =>
  call('post', '/profile/email', { header: CHANGE, body: { email } });
export const deleteEmail = () => call('delete', '/profile/email', { header: CHANGE });

export const postFactor = () => call('post', '/profile/factor', { header: CHANGE });
export const confirmFactor = (code: string) =>
  call('post', '/profile/factor/confirmation', {
    header: CHANGE,
    body: { code },
  });
export const deleteFactor = (code: string) =>
  call('delete', '/profile/factor', { header: CHANGE, body: { code } });
export const postRecoveryCodes = () => call('post', '/profile/recovery-codes', { header: CHANGE });

export const getOwnSessions = (signal?: Signal) => call('get', '/profile/sessions', { signal });
export const deleteOwnSession = (session_id: string) =>
  call('delete', '/profile/sessions/{session_id}', {
    path: { session_id },
    header: CHANGE,
  });
export const endOtherSessions = () =>
  call('post', '/profile/sessions/end-others', { header: CHANGE });
