/** Limits of a comment (ACC-4). */
export const MAX_CHARACTERS = 200;
export const MAX_BYTES = 2_000;

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Characters as a person counts them: a family emoji or a letter with its accents is one (ACC-4). */
export function charactersIn(text: string): number {
  return [...segmenter.segment(text)].length;
}

/** How many characters are left; below zero, how many are too many. */
export const charactersLeft = (text: string) => MAX_CHARACTERS - charactersIn(text);

export const tooManyBytes = (text: string) => new TextEncoder().encode(text).length > MAX_BYTES;

export const isTooLong = (text: string) => charactersLeft(text) < 0 || tooManyBytes(text);
