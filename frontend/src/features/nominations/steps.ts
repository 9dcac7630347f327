import type { Nomination } from './types';

export type Step = 'approve' | 'return' | 'withdraw';

type Of = Pick<Nomination, 'state' | 'verification' | 'form_intact' | 'flags'>;

/** What one can do with a nomination, and what is lacking for an approval (ORG-1). */
export function stepsOf({ state, verification, form_intact, flags }: Of): {
  steps: readonly Step[];
  lacks: 'first' | 'stale' | 'broken' | 'staff' | null;
} {
  if (state === 'approved' || state === 'withdrawn') return { steps: [], lacks: null };
  if (state !== 'signed') return { steps: ['withdraw'], lacks: null };
  const lacks = lackOf({ verification, form_intact, flags });
  return { steps: lacks ? ['return', 'withdraw'] : ['approve', 'return', 'withdraw'], lacks };
}

function lackOf({ verification, form_intact, flags }: Omit<Of, 'state'>) {
  if (!form_intact) return 'broken';
  if (flags.is_staff) return 'staff';
  if (flags.tin_differs || flags.npis_differ) return verification ? 'stale' : 'first';
  return verification?.tin_matches && verification.npis_match ? null : 'first';
}
