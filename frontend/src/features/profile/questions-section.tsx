import { useState } from 'react';
import { useTexts } from '../../texts/context';
import { FormSummary } from '../../ui/form-summary';
import { QuestionFields } from '../credentials/question-fields';
import { missingAnswers, NO_ANSWERS, QUESTION_FIELDS } from '../credentials/question-values';
import { useForm } from '../register/use-form';
import { putQuestions } from './calls';
import { Fold } from './fold';
import { useProfileChanged } from './queries';
import { FormBar, Section, tellDone } from './section';
import type { Profile } from './types';
import { useHolds } from './unsaved';

const idOf = (field: string) => `profile-${field.replaceAll('/', '-')}`;

function QuestionsForm({ onClose }: { onClose: () => void }) {
  const { t } = useTexts();
  const changed = useProfileChanged();
  const [values, setValues] = useState(NO_ANSWERS);
  useHolds(
    'questions',
    values.some(({ question, answer }) => question !== '' || answer !== ''),
  );
  const { busy, outcome, submit } = useForm({
    names: QUESTION_FIELDS,
    wrong: () =>
      Object.fromEntries(
        Object.entries(missingAnswers(values)).map(([field, what]) => [
          field,
          t(`questions.missing.${what}`),
        ]),
      ),
    send: () => putQuestions([...values]),
    onDone: () => {
      changed();
      onClose();
      tellDone('questions', t('profile.questions.saved'));
    },
  });
  return (
    <form
      noValidate
      aria-labelledby="profile-questions"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <FormSummary heading={t('profile.problem')} outcome={outcome} idOf={idOf} />
      <QuestionFields values={values} errors={outcome.fields} idOf={idOf} onChange={setValues} />
      <FormBar submit="profile.questions.submit" busy={busy} onCancel={onClose} />
    </form>
  );
}

/** Two of them are asked for when the password is forgotten (CRD-3, CRD-4). */
export function QuestionsSection({ profile }: { profile: Profile }) {
  const { t, instant } = useTexts();
  const { questions_set_at: setAt } = profile;
  return (
    <Section name="questions">
      <p>
        {setAt
          ? t('profile.questions.setAt', { time: instant(setAt) })
          : t('profile.questions.none')}
      </p>
      <Fold section="questions" label={t('profile.questions.change')}>
        {(close) => <QuestionsForm onClose={close} />}
      </Fold>
    </Section>
  );
}
