import { call } from '../../api/client';
import type { Question } from '../credentials/question-values';
import type { Entered } from '../register/calls';

const CHANGE = { 'X-Portal-CSRF': '1' };

/** The same answer for every address (S-AUTH-07). */
export const askReset = (email: string) =>
  call('post', '/password-resets', { header: CHANGE, body: { email } });

export const lookAtRecovery = (token: string) =>
  call('post', '/recovery/look', { header: CHANGE, body: { token } });
export const postAnswers = (token: string, answers: readonly string[]) =>
  call('post', '/recovery/answers', { header: CHANGE, body: { token, answers: [...answers] } });
export const postRecoveryCode = (token: string, code: string) =>
  call('post', '/recovery/factor', { header: CHANGE, body: { token, code } });
export const postRecoveredPassword = (token: string, password: string) =>
  call('post', '/recovery/password', { header: CHANGE, body: { token, password } });

/** A recovery as the portal holds it; its steps come in this order (CRD-4). */
export type Recovery = Awaited<ReturnType<typeof lookAtRecovery>>;
/** The portal has the same catalogue. */
export const questionsOf = ({ questions }: Recovery) => questions as Question[];

export const lookAtSetUp = (token: string) =>
  call('post', '/set-up/look', { header: CHANGE, body: { token } });
export const postSetUpCandidate = (token: string) =>
  call('post', '/set-up/factor', { header: CHANGE, body: { token } });
export const completeSetUp = (token: string, entered: Entered) =>
  call('post', '/set-up/complete', { header: CHANGE, body: { token, ...entered } });

export const confirmEmail = (token: string) =>
  call('post', '/email-confirmations', { header: CHANGE, body: { token } });
