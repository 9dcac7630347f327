import '../../styles/credentials.css';
import '../../texts/credentials';
import { TextField } from '@cmsgov/design-system';
import { useTexts } from '../../texts/context';
import { choicesAt } from './question-values';
import type { Answered, Question } from './question-values';

interface Props {
  /** Id of the element of a field such as `questions/0/answer`. */
  idOf: (field: string) => string;
  values: readonly Answered[];
  onChange: (values: readonly Answered[]) => void;
  /** Texts by field. */
  errors: Readonly<Record<string, string>>;
}

interface ChoiceProps {
  id: string;
  value: Question | '';
  choices: readonly Question[];
  error: string | undefined;
  onChange: (question: Question | '') => void;
}

function QuestionChoice({ id, value, choices, error, onChange }: ChoiceProps) {
  const { t } = useTexts();
  return (
    <>
      <label className="ds-c-label" htmlFor={id}>
        {t('questions.question')}
      </label>
      {error && (
        <p className="ds-c-inline-error p-flat" id={`${id}-error`}>
          {error}
        </p>
      )}
      <select
        id={id}
        className={`ds-c-field ${error ? 'ds-c-field--error' : ''}`}
        value={value}
        aria-required
        aria-invalid={error !== undefined}
        aria-describedby={error && `${id}-error`}
        onChange={(event) => onChange(event.currentTarget.value as Question | '')}
      >
        <option value="">{t('questions.choose')}</option>
        {choices.map((question) => (
          <option key={question} value={question}>
            {t(`question.${question}`)}
          </option>
        ))}
      </select>
    </>
  );
}

/** Three different questions of the catalogue with their answers, which are shown while they are typed (CRD-3). */
export function QuestionFields({ idOf, values, onChange, errors }: Props) {
  const { t } = useTexts();
  const change = (at: number, part: Partial<Answered>) =>
    onChange(values.map((value, other) => (other === at ? { ...value, ...part } : value)));
  return (
    <>
      <p>{t('questions.hint')}</p>
      {values.map(({ question, answer }, at) => (
        <fieldset key={idOf(`questions/${at}`)} className="p-question">
          <legend className="ds-text-heading--sm">
            {t('questions.number', { number: at + 1 })}
          </legend>
          <QuestionChoice
            id={idOf(`questions/${at}/question`)}
            value={question}
            choices={choicesAt(values, at)}
            error={errors[`questions/${at}/question`]}
            onChange={(chosen) => change(at, { question: chosen })}
          />
          <TextField
            id={idOf(`questions/${at}/answer`)}
            name={`answer-${at + 1}`}
            label={t('questions.answer')}
            autoComplete="off"
            spellCheck={false}
            value={answer}
            onChange={(event: { target: HTMLInputElement }) =>
              change(at, { answer: event.target.value })
            }
            errorMessage={errors[`questions/${at}/answer`]}
            aria-required
          />
        </fieldset>
      ))}
    </>
  );
}
