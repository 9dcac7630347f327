import { coming } from '../../api/coming';
import type { Question } from '../credentials/question-values';
import type { Candidate, Completed, Entered, Invited } from '../register/calls';

/** The same answer for every address (S-AUTH-07). */
export const askReset = (email: string) =>
  coming<undefined>('post', '/password-resets', { body: { email } });

/** A recovery as the portal holds it; its steps come in this order (CRD-4). */
export interface Recovery {
  step: 'questions' | 'factor' | 'password';
  /** The two that were chosen for this recovery. */
  questions: readonly Question[];
  attempts_left: number;
}

export const lookAtRecovery = (token: string) =>
  coming<Recovery>('post', '/recovery/look', { body: { token } });
export const postAnswers = (token: string, answers: readonly string[]) =>
  coming<Recovery>('post', '/recovery/answers', { body: { token, answers } });
export const postRecoveryCode = (token: string, code: string) =>
  coming<Recovery>('post', '/recovery/factor', { body: { token, code } });
export const postRecoveredPassword = (token: string, password: string) =>
  coming<undefined>('post', '/recovery/password', { body: { token, password } });

export const lookAtSetUp = (token: string) =>
  coming<Invited>('post', '/set-up/look', { body: { token } });
export const postSetUpCandidate = (token: string) =>
  coming<Candidate>('post', '/set-up/factor', { body: { token } });
export const completeSetUp = (token: string, entered: Entered) =>
  coming<Completed>('post', '/set-up/complete', { body: { token, ...entered } });

export const confirmEmail = (token: string) =>
  coming<undefined>('post', '/email-confirmations', { body: { token } });
