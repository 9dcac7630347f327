/** Numbers of practices as people type them. */

/** Digits of a TIN, however it is written: 12-3456789 is 123456789. */
export const tinOf = (typed: string): string => typed.replace(/[\s-]/g, '');

export const isTin = (digits: string): boolean => /^\d{9}$/.test(digits);

/** NPIs out of a field that takes several, each once. */
export const npisOf = (typed: string): string[] => [
  ...new Set(typed.split(/[\s,;]+/).filter((npi) => npi !== '')),
];

// The check digit is worked out with the prefix of US health applications in front (45 CFR 162.406).
const PREFIX = '80840';

/** Whether a text is a National Provider Identifier: ten digits that pass the Luhn check. */
export function isNpi(text: string): boolean {
  if (!/^\d{10}$/.test(text)) return false;
  const total = [...`${PREFIX}${text}`].reverse().reduce((sum, digit, place) => {
    const value = Number(digit) * (place % 2 ? 2 : 1);
    return sum + (value > 9 ? value - 9 : value);
  }, 0);
  return total % 10 === 0;
}
