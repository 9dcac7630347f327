import type { Onboarding } from './types';

export const STEPS = [
  'form_sent',
  'opened',
  'signed',
  'verified',
  'invited',
  'registered',
  'backup',
  'users',
] as const;
export type Step = (typeof STEPS)[number];

export interface ShownStep {
  step: Step;
  done: boolean;
  /** When, as far as it is known. */
  at: string | null;
}

/** Until somebody administers a practice, that nobody does is no warning: the steps say so. */
const BEFORE: readonly Onboarding['lacks'][] = [
  'not_sent',
  'not_reached',
  'to_verify',
  'not_registered',
  'closed',
];

/** How far a practice is, step by step (ORG-1, ORG-3). Whoever is further has passed what lies before. */
export function stepsOf(onboarding: Onboarding): ShownStep[] {
  const administered = !BEFORE.includes(onboarding.lacks);
  const times: Record<Step, string | null> = {
    form_sent: onboarding.form_sent_at ?? null,
    opened: onboarding.opened_at ?? null,
    signed: onboarding.signed_at ?? null,
    verified: onboarding.verified_at ?? null,
    invited: onboarding.invited_at ?? null,
    registered: onboarding.registered_at ?? null,
    backup: null,
    users: null,
  };
  const held: Partial<Record<Step, boolean>> = {
    // Some have an administrator from before there were forms.
    ...(administered && { registered: true }),
    backup: onboarding.backup_enrolled,
    users: onboarding.first_users,
  };
  const happened = STEPS.map((step) => held[step] ?? times[step] !== null);
  // A backup and users come in any order, and neither stands for the other.
  const reached = happened.slice(0, -2).lastIndexOf(true);
  const shown = STEPS.map((step, place) => ({
    step,
    done: happened[place] || (place < reached && !(step in held)),
    at: times[step],
  }));
  return administered && !onboarding.form_sent_at
    ? shown.slice(STEPS.indexOf('registered'))
    : shown;
}

export const warningsOf = ({ lacks, roster_warnings }: Onboarding) =>
  BEFORE.includes(lacks) ? [] : roster_warnings;

/** Whether enrollment may give the vacant seat to a backup: another way is a nomination (ORG-4). */
export const seatIsVacant = ({ roster_warnings, backup_enrolled }: Onboarding): boolean =>
  backup_enrolled && roster_warnings.includes('seat_vacant');
