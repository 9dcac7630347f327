import type { NominationState } from './types';

interface Of {
  nomination: { state: NominationState } | null;
  executive_name: string;
  executive_email: string;
  closed_at: string | null;
}

/** Where the executive can still sign. */
const OUT: readonly NominationState[] = ['sent', 'opened', 'returned'];

/**
 * Whether a form can be sent (ORG-1). `again`: it ends the link that is out. `waits`: a signed one waits for
 * enrollment. `unknown`: nobody knows whom to send it to.
 */
export function sendingOf(practice: Of): 'send' | 'again' | 'waits' | 'unknown' | 'closed' {
  const { nomination, executive_name, executive_email, closed_at } = practice;
  if (closed_at) return 'closed';
  if (nomination?.state === 'signed') return 'waits';
  if (executive_name === '' || executive_email === '') return 'unknown';
  return nomination && OUT.includes(nomination.state) ? 'again' : 'send';
}
