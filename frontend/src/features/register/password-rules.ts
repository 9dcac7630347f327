/** The password rule (CRD-1) as one types. The portal decides; this only shows it beforehand. */

export type PasswordRule = 'length' | 'upper' | 'lower' | 'special' | 'names';

const SHORTEST = 8;
const LONGEST = 128;
// As in the portal: shorter words of a name are in too many other words.
const TELLING_WORD = 4;

const spelled = (text: string) =>
  text
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^\p{L}\p{N}]/gu, '');

function isMadeOf(password: string, name: string) {
  const words = name.split(/[^\p{L}]+/u).map(spelled);
  const telling = [...words.filter((word) => [...word].length >= TELLING_WORD), words.join('')];
  return telling.some((word) => word !== '' && spelled(password).includes(word));
}

/** Which rules a password keeps. */
export function rulesKept(
  password: string,
  names: readonly string[],
  shortest = SHORTEST,
): Readonly<Record<PasswordRule, boolean>> {
  const length = [...password].length;
  return {
    length: length >= shortest && length <= LONGEST,
    upper: /\p{Lu}/u.test(password),
    lower: /\p{Ll}/u.test(password),
    special: /[^\p{L}\p{N}]/u.test(password),
    names: password !== '' && !names.some((name) => isMadeOf(password, name)),
  };
}
