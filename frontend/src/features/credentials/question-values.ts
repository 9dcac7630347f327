/** The three security questions of a person, as they choose and answer them (CRD-3). */

/** The catalogue; the wordings are in `credentials.*.json` as `question.<id>`. The portal has the same ids. */
export const QUESTIONS = [
  'first_pet',
  'favorite_teacher',
  'childhood_friend',
  'first_concert',
  'first_dish',
  'first_boss',
  'childhood_nickname',
  'favorite_toy',
  'childhood_book',
  'dream_job',
  'first_flight',
  'hiding_place',
  'favorite_cartoon',
  'first_instrument',
  'lost_thing',
  'first_bicycle',
  'sweet_shop',
  'school_lunch',
  'first_dance',
  'favorite_game',
  'grandparents_dish',
  'first_prize',
  'best_gift',
  'first_movie',
] as const;

export type Question = (typeof QUESTIONS)[number];

export interface Answered {
  question: Question | '';
  answer: string;
}

export const NO_ANSWERS: readonly Answered[] = [0, 1, 2].map(() => ({ question: '', answer: '' }));

/** Fields as the portal points at them. */
export const QUESTION_FIELDS = [0, 1, 2].flatMap((at) => [
  `questions/${at}/question`,
  `questions/${at}/answer`,
]);

/** As the portal compares answers: case and spaces don't tell two apart. */
const plain = (answer: string) =>
  answer.normalize('NFKC').toLowerCase().trim().replace(/\s+/g, ' ');

export type Missing = 'choose' | 'answer' | 'short' | 'same';

/** What is to be put right before anything is sent, by field. The portal knows more and decides. */
export function missingAnswers(values: readonly Answered[]): Record<string, Missing> {
  const missing: Record<string, Missing> = {};
  values.forEach(({ question, answer }, at) => {
    if (question === '') missing[`questions/${at}/question`] = 'choose';
    const field = `questions/${at}/answer`;
    const given = plain(answer);
    if (given === '') missing[field] = 'answer';
    else if ([...given].length < 4) missing[field] = 'short';
    else if (values.slice(0, at).some((other) => plain(other.answer) === given))
      missing[field] = 'same';
  });
  return missing;
}

/** What may be chosen at a place: all but what is chosen at the others. */
export function choicesAt(values: readonly Answered[], at: number): readonly Question[] {
  const taken = values.filter((_, other) => other !== at).map(({ question }) => question);
  return QUESTIONS.filter((question) => !taken.includes(question));
}
