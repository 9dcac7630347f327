import type { TextKey } from '../../texts';
import type { ResetCase } from './types';

const MINUTE_MS = 60_000;

/** Whole hours and minutes until a case ends, never below zero; the portal's own clock decides. */
export function timeLeft(endsAt: string, now: number): { hours: number; minutes: number } {
  const minutes = Math.max(0, Math.floor((Date.parse(endsAt) - now) / MINUTE_MS));
  return { hours: Math.floor(minutes / 60), minutes: minutes % 60 };
}

/** Its characters one by one, so that screen readers spell it instead of trying a word. */
export const spelledCode = (code: string) => [...code.replace(/[^\p{L}\p{N}]/gu, '')].join(' ');

/** Those that enrollment confirms: two of them, after calling the number on record (CRD-5). */
export const isByPhone = ({ needs }: ResetCase) => needs === 'two_enrollment';

/** Why one can't confirm a case that waits, or null when one can. */
export function whyNot(
  found: ResetCase,
  own: { email: string; name: string },
): Extract<TextKey, `cases.not.${string}`> | null {
  if (found.state !== 'open' || found.may_confirm) return null;
  if (found.person.email === own.email) return 'cases.not.own';
  if (found.opened_by === own.name) return 'cases.not.opened';
  if (found.confirmations.some(({ name }) => name === own.name)) return 'cases.not.twice';
  return 'cases.not.role';
}
