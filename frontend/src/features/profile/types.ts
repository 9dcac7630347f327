/** Shapes of one's own account (PLT-4 Profile). Times are UTC. */
import type { Language } from '../../api/types';

export interface Profile {
  id: string;
  version: number;
  name: string;
  email: string;
  /** The new address that waits to be confirmed by its link. */
  pending_email: string | null;
  phone: string;
  language: Language;
  password_changed_at: string | null;
  password_ends_at: string | null;
  questions_set_at: string | null;
  factor: { enrolled_at: string; recovery_codes_left: number } | null;
  factor_required: boolean;
}

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
