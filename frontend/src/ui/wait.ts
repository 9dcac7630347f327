import type { Language } from '../api/types';

/** A wait as a person says it: "45 seconds", "3 minutes", "2 hours"; never shorter than it is. */
export function waitInWords(language: Language, seconds: number): string {
  const [unit, size]: [string, number] =
    seconds < 60 ? ['second', 1] : seconds < 3600 ? ['minute', 60] : ['hour', 3600];
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(
    Math.max(1, Math.ceil(seconds / size)),
  );
}
