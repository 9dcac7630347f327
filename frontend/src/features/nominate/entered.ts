import type { FormToSign } from './types';

/** What the executive enters; the rest of the form is as the plan has it. */
export interface Entered {
  practice_name: string;
  administrator_name: string;
  administrator_email: string;
  administrator_phone: string;
  authority: string;
  signature: string;
  /** The very words that they agreed to: shown in another language, they are agreed to anew. */
  agreed: string | null;
}

/** Those that may not be empty, in the order of the form. */
export const TYPED = [
  'practice_name',
  'administrator_name',
  'administrator_email',
  'administrator_phone',
  'authority',
  'signature',
] as const satisfies readonly (keyof Entered)[];
export type Typed = (typeof TYPED)[number];

export const empty = (form: FormToSign): Entered => ({
  practice_name: form.practice_name,
  administrator_name: '',
  administrator_email: '',
  administrator_phone: '',
  authority: '',
  signature: '',
  agreed: null,
});

/** Without the blanks around what was typed. */
export const trimmed = (entered: Entered): Record<Typed, string> =>
  Object.fromEntries(TYPED.map((name) => [name, entered[name].trim()])) as Record<Typed, string>;

export const agrees = (entered: Entered, form: FormToSign): boolean =>
  entered.agreed === form.consent.text;

/** What is missing before anything is sent. */
export const missingIn = (entered: Entered, form: FormToSign): readonly (Typed | 'consented')[] => {
  const typed = trimmed(entered);
  const empty = TYPED.filter((name) => typed[name] === '');
  return agrees(entered, form) ? empty : [...empty, 'consented'];
};

/** Whether leaving would lose something that was typed. */
export const isBegun = (entered: Entered, form: FormToSign): boolean =>
  TYPED.some((name) => entered[name] !== empty(form)[name]);
