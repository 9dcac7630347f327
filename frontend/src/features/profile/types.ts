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

export interface OwnSession {
  id: string;
  started_at: string;
  last_seen: string;
  browser: string;
  current: boolean;
}

/** A seed that counts once a code of it is confirmed. */
export interface Candidate {
  secret: string;
  uri: string;
}

export interface Answered {
  question: string;
  answer: string;
}
