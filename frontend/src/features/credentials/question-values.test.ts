import { describe, expect, it } from 'vitest';
import en from '../../texts/credentials.en.json';
import { choicesAt, missingAnswers, NO_ANSWERS, QUESTIONS } from './question-values';
import type { Answered } from './question-values';

const GOOD: Answered[] = [
  { question: 'first_pet', answer: 'Biscuit' },
  { question: 'first_dish', answer: 'Lentil soup' },
  { question: 'lost_thing', answer: 'A blue kite' },
];

describe('three security questions (CRD-3, S-AUTH-09)', () => {
  it('are in the catalogue with a wording each', () => {
    expect(QUESTIONS.length).toBeGreaterThanOrEqual(20);
    const worded = Object.keys(en).filter((key) => key.startsWith('question.'));
    expect(worded.map((key) => key.slice('question.'.length))).toEqual([...QUESTIONS]);
  });

  it('want a question and an answer each', () => {
    expect(missingAnswers(GOOD)).toEqual({});
    expect(Object.values(missingAnswers(NO_ANSWERS)).sort()).toEqual(
      ['answer', 'answer', 'answer', 'choose', 'choose', 'choose'].sort(),
    );
  });

  it('want answers of four characters that differ', () => {
    const [first, second, third] = GOOD as [Answered, Answered, Answered];
    expect(missingAnswers([first, second, { ...third, answer: ' abc ' }])).toEqual({
      'questions/2/answer': 'short',
    });
    expect(missingAnswers([first, second, { ...third, answer: ' LENTIL  soup' }])).toEqual({
      'questions/2/answer': 'same',
    });
    expect(missingAnswers([first, second, { ...third, answer: '😀😀😀😀' }])).toEqual({});
  });

  it('are three different ones', () => {
    expect(choicesAt(GOOD, 0)).toContain('first_pet');
    expect(choicesAt(GOOD, 0)).not.toContain('first_dish');
    expect(choicesAt(GOOD, 0).length).toBe(QUESTIONS.length - 2);
  });
});
