import { Button, TextField } from '@cmsgov/design-system';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { Problem } from '../../api/types';
import { Page } from '../../app/page';
import { usePlan } from '../../app/plan';
import { useTexts } from '../../texts/context';
import { FormSummary } from '../../ui/form-summary';
import type { Outcome } from '../../ui/form-summary';
import { bareCode, CodeField } from '../credentials/code-field';
import { NewPasswordField } from '../register/password-field';
import { useForm } from '../register/use-form';
import { postAnswers, postRecoveredPassword, postRecoveryCode, questionsOf } from './calls';
import type { Recovery } from './calls';

const idOf = (field: string) => `recovery-${field.replaceAll('/', '-')}`;

interface On {
  next: (recovery: Recovery) => void;
  problem: (problem: Problem) => boolean;
}

interface StepProps {
  token: string;
  recovery: Recovery;
  on: On;
}

interface FrameProps {
  title: string;
  lead: string;
  /** Shown once there was a wrong attempt. */
  left?: number;
  outcome: Outcome;
  submit: () => void;
  button: string;
  busy: boolean;
  children: ReactNode;
}

function StepFrame(props: FrameProps) {
  const { title, lead, left, outcome, submit, button, busy, children } = props;
  const { t, tn } = useTexts();
  const tried = outcome.attempt > 0 && outcome.details.length > 0;
  return (
    <Page title={title} className="p-register">
      <p className="p-lead">{lead}</p>
      <FormSummary heading={t('register.summary')} outcome={outcome} idOf={idOf}>
        {tried && left !== undefined && <p className="p-flat">{tn('recovery.left', left)}</p>}
      </FormSummary>
      <form
        className="p-card"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        {children}
        <div className="p-actions p-register__bar">
          <Button type="submit" variation="solid" aria-disabled={busy}>
            {busy ? t('recovery.busy') : button}
          </Button>
        </div>
      </form>
    </Page>
  );
}

/** Two of the three questions; a wrong answer fails both, and nobody says which it was (S-AUTH-10). */
export function AnswersStep({ token, recovery, on }: StepProps) {
  const { t } = useTexts();
  const [answers, setAnswers] = useState<readonly string[]>(recovery.questions.map(() => ''));
  const form = useForm({
    names: answers.map((_, at) => `answers/${at}`),
    wrong: () =>
      Object.fromEntries(
        answers.flatMap((answer, at) =>
          answer.trim() === '' ? [[`answers/${at}`, t('questions.missing.answer')]] : [],
        ),
      ),
    send: async () => on.next(await postAnswers(token, answers)),
    onDone: () => undefined,
    onProblem: on.problem,
  });
  return (
    <StepFrame
      title={t('recovery.questions.title')}
      lead={t('recovery.questions.lead')}
      left={recovery.attempts_left}
      button={t('register.next')}
      {...form}
    >
      {questionsOf(recovery).map((question, at) => (
        <TextField
          key={question}
          id={idOf(`answers/${at}`)}
          name={`answer-${at + 1}`}
          label={t(`question.${question}`)}
          autoComplete="off"
          spellCheck={false}
          value={answers[at] ?? ''}
          onChange={(event: { target: HTMLInputElement }) =>
            setAnswers(answers.map((old, other) => (other === at ? event.target.value : old)))
          }
          errorMessage={form.outcome.fields[`answers/${at}`]}
          aria-required
        />
      ))}
    </StepFrame>
  );
}

/** The second factor, where one is enrolled. */
export function CodeStep({ token, recovery, on }: StepProps) {
  const { t } = useTexts();
  const [code, setCode] = useState('');
  const form = useForm({
    names: ['code'],
    wrong: () => ({ ...(code.trim() === '' && { code: t('code.missing') }) }),
    send: async () => on.next(await postRecoveryCode(token, bareCode(code))),
    onDone: () => undefined,
    onProblem: on.problem,
  });
  return (
    <StepFrame
      title={t('recovery.factor.title')}
      lead={t('recovery.factor.lead')}
      left={recovery.attempts_left}
      button={t('register.next')}
      {...form}
    >
      <CodeField
        id={idOf('code')}
        value={code}
        onChange={setCode}
        error={form.outcome.fields['code']}
        recovery
      />
    </StepFrame>
  );
}

export function PasswordStep({
  token,
  on,
  onDone,
}: Pick<StepProps, 'token' | 'on'> & { onDone: () => void }) {
  const { t } = useTexts();
  const plan = usePlan();
  const [password, setPassword] = useState('');
  const form = useForm({
    names: ['password'],
    wrong: () => ({ ...(password === '' && { password: t('register.missing.password') }) }),
    send: () => postRecoveredPassword(token, password),
    onDone,
    onProblem: on.problem,
  });
  return (
    <StepFrame title={t('reset.title')} lead={t('reset.lead')} button={t('reset.submit')} {...form}>
      <NewPasswordField
        id={idOf('password')}
        value={password}
        names={[plan?.name ?? '']}
        error={form.outcome.fields['password']}
        onChange={setPassword}
      />
    </StepFrame>
  );
}
