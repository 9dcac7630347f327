import { QUESTION_FIELDS } from '../credentials/question-values';

/** What one enters by a mailed link, in this order. */
const STEPS = ['password', 'questions', 'factor', 'terms'] as const;

export type Step = (typeof STEPS)[number];

const FIELDS: Record<Step, readonly string[]> = {
  password: ['name', 'password'],
  questions: [...QUESTION_FIELDS, 'questions'],
  factor: ['code'],
  terms: ['accept_terms'],
};

export const fieldsOf = (step: Step) => FIELDS[step];

/** The second factor only where the person has to have one; the terms only at the first time. */
export const stepsFor = (registers: boolean, factor: boolean): readonly Step[] =>
  STEPS.filter((step) => (step === 'factor' ? factor : step === 'terms' ? registers : true));

/** The first step with something wrong in it. */
export const stepOf = (wrong: readonly string[]): Step | undefined =>
  STEPS.find((step) => FIELDS[step].some((field) => wrong.includes(field)));
