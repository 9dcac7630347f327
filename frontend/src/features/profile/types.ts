/** Shapes of one's own account (PLT-4 Profile). Times are UTC. */
import type { components } from '../../api/schema';
import type { Language } from '../../api/types';

type Schemas = components['schemas'];

export type Profile = Schemas['ProfileView'];

/** What one changes without proving again who one is. */
export interface Details {
  name: string;
  phone: string;
  language: Language;
}

export type OwnSession = Schemas['OwnSessionView'];
/** A seed that counts once a code of it is confirmed. */
export type Candidate = Schemas['FactorOfferView'];
export type NewQuestions = Schemas['NewQuestionsBody']['questions'];
