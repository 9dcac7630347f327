import { Button, TextField } from '@cmsgov/design-system';
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { Page } from '../../app/page';
import { usePlan } from '../../app/plan';
import { useTexts } from '../../texts/context';
import { FormSummary } from '../../ui/form-summary';
import { bareCode } from '../credentials/code-field';
import { QuestionFields } from '../credentials/question-fields';
import { missingAnswers, NO_ANSWERS, QUESTION_FIELDS } from '../credentials/question-values';
import { CandidateSetup } from './candidate-setup';
import type { Candidate, Completed, Entered, Invited } from './calls';
import { isGone } from './link-problems';
import { NewPasswordField } from './password-field';
import { fieldsOf, stepOf, stepsFor } from './steps';
import type { Step } from './steps';
import { AcceptTerms } from './terms';
import { useForm } from './use-form';

const idOf = (field: string) => `account-${field.replaceAll('/', '-')}`;

interface Props {
  invited: Invited;
  /** Registering asks for the name as well, and for agreement to the terms. */
  registers: boolean;
  title: string;
  lead: ReactNode;
  candidate: () => Promise<Candidate>;
  send: (name: string, entered: Entered) => Promise<Completed>;
  onDone: (completed: Completed) => void;
  onGone: () => void;
}

function useEntered(invited: Invited) {
  const [entered, setEntered] = useState({
    name: invited.name,
    password: '',
    questions: NO_ANSWERS,
    code: '',
    accepted: false,
  });
  return {
    entered,
    enter: (part: Partial<typeof entered>) => setEntered((before) => ({ ...before, ...part })),
  };
}

/** What one enters by a mailed link to open an account, or to set it up again: step by step, sent at the end. */
export function AccountSteps(props: Props) {
  const { invited, registers, title, lead } = props;
  const { t } = useTexts();
  const plan = usePlan();
  const steps = stepsFor(registers, invited.factor_required);
  const [step, setStep] = useState<Step>('password');
  const at = steps.indexOf(step);
  const last = at === steps.length - 1;
  const { entered, enter } = useEntered(invited);

  const wrongIn: Record<Step, () => Record<string, string>> = {
    password: () => ({
      ...(registers && entered.name.trim() === '' && { name: t('register.missing.name') }),
      ...(entered.password === '' && { password: t('register.missing.password') }),
    }),
    questions: () =>
      Object.fromEntries(
        Object.entries(missingAnswers(entered.questions)).map(([field, missing]) => [
          field,
          t(`questions.missing.${missing}`),
        ]),
      ),
    factor: () => ({ ...(entered.code.trim() === '' && { code: t('code.missing') }) }),
    terms: () => ({ ...(!entered.accepted && { accept_terms: t('register.missing.terms') }) }),
  };
  const send = async () => {
    if (!last) return setStep(steps[at + 1] ?? step);
    const { name, password, questions, code } = entered;
    // The name loses the spaces around it; of a password nothing is trimmed (CRD-1).
    const wanted = {
      password,
      questions: [...questions],
      code: invited.factor_required ? bareCode(code) : null,
    };
    props.onDone(await props.send(name.trim(), wanted));
  };
  const { busy, outcome, submit } = useForm({
    names: ['name', 'password', ...QUESTION_FIELDS, 'questions', 'code', 'accept_terms'],
    wrong: wrongIn[step],
    send,
    onDone: () => undefined,
    onProblem: (problem) => {
      if (isGone(problem)) props.onGone();
      return isGone(problem);
    },
  });
  // What the portal refuses at the end may belong to an earlier step.
  const refused = stepOf(Object.keys(outcome.fields));
  useEffect(() => {
    if (refused) setStep(refused);
  }, [refused, outcome.attempt]);

  const fields: Record<Step, ReactNode> = {
    password: (
      <>
        <TextField
          id={idOf('email')}
          name="email"
          type="email"
          label={t('register.email')}
          hint={t('register.complete.emailHint')}
          autoComplete="username"
          value={invited.email}
          readOnly
        />
        {registers && (
          <TextField
            id={idOf('name')}
            name="name"
            label={t('register.name')}
            hint={t('register.complete.nameHint')}
            autoComplete="name"
            spellCheck={false}
            value={entered.name}
            onChange={(event: { target: HTMLInputElement }) => enter({ name: event.target.value })}
            errorMessage={outcome.fields['name']}
            aria-required
          />
        )}
        <NewPasswordField
          id={idOf('password')}
          value={entered.password}
          names={[entered.name, invited.name, invited.organization ?? '', plan?.name ?? '']}
          shortest={invited.password_shortest}
          error={outcome.fields['password']}
          onChange={(password) => enter({ password })}
        />
      </>
    ),
    questions: (
      <QuestionFields
        idOf={idOf}
        values={entered.questions}
        errors={outcome.fields}
        onChange={(questions) => enter({ questions })}
      />
    ),
    factor: (
      <CandidateSetup
        ask={props.candidate}
        id={idOf('code')}
        code={entered.code}
        error={outcome.fields['code']}
        onCode={(code) => enter({ code })}
        onGone={props.onGone}
      />
    ),
    terms: (
      <AcceptTerms
        id={idOf('accept_terms')}
        accepted={entered.accepted}
        error={outcome.fields['accept_terms']}
        onChange={(accepted) => enter({ accepted })}
      />
    ),
  };
  const shown = fieldsOf(step);
  const here = { ...outcome, fields: pick(outcome.fields, shown) };
  const name = t(`register.step.${step}`);
  return (
    // Another step is another page: its heading takes the focus.
    <Page
      key={step}
      title={t('register.step.title', { title, name, at: at + 1, of: steps.length })}
      heading={title}
      className="p-register"
    >
      <p className="p-step">{t('register.step', { name, at: at + 1, of: steps.length })}</p>
      {at === 0 && <div className="p-lead">{lead}</div>}
      <FormSummary heading={t('register.summary')} outcome={here} idOf={idOf} />
      <form
        className="p-card"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        {fields[step]}
        <div className="p-actions p-register__bar">
          <Button type="submit" variation="solid" aria-disabled={busy}>
            {t(
              busy ? 'register.complete.busy' : last ? 'register.complete.submit' : 'register.next',
            )}
          </Button>
          {at > 0 && (
            <Button type="button" onClick={() => setStep(steps[at - 1] ?? step)}>
              {t('register.back')}
            </Button>
          )}
        </div>
      </form>
    </Page>
  );
}

const pick = (from: Readonly<Record<string, string>>, names: readonly string[]) =>
  Object.fromEntries(Object.entries(from).filter(([name]) => names.includes(name)));
