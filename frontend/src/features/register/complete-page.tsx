import { Button, Choice, TextField } from '@cmsgov/design-system';
import { useEffect, useState } from 'react';
import { Link } from 'wouter';
import { problemOf } from '../../api/client';
import type { Problem } from '../../api/types';
import { Page } from '../../app/page';
import { usePlan } from '../../app/plan';
import { useTexts } from '../../texts/context';
import { FormSummary } from '../../ui/form-summary';
import { Loading } from '../../ui/loading';
import { ProblemAlert } from '../../ui/problem-alert';
import { completeRegistration, lookAtLink } from './calls';
import { LinkGone } from './link-gone';
import { NewPasswordField } from './password-field';
import { useForm } from './use-form';

type Invited = Awaited<ReturnType<typeof lookAtLink>>;
type State =
  | { step: 'looking' | 'gone' | 'done' }
  | { step: 'failed'; problem: Problem }
  | { step: 'form'; invited: Invited };

const FIELDS = ['name', 'password', 'accept_terms'];
const idOf = (field: string) => `complete-${field}`;
/** Used, ended, or something that never was a token. */
const isGone = ({ code, errors }: Problem) =>
  code === 'link_expired' || (errors ?? []).some(({ pointer }) => pointer === '/token');

/** What one agrees to. */
function Terms() {
  const { t } = useTexts();
  const plan = usePlan();
  if (!plan) return null;
  return (
    <section aria-labelledby="terms-title" className="p-terms">
      <h2 id="terms-title" className="ds-text-heading--md">
        {t('register.terms')}
      </h2>
      <p>{t('register.terms.use')}</p>
      <p>{t('register.terms.confidential')}</p>
      <p>{plan.sharing_notice}</p>
    </section>
  );
}

function useCompletion(
  token: string,
  values: { name: string; password: string; accepted: boolean },
  on: { done: () => void; gone: () => void },
) {
  const { t } = useTexts();
  return useForm({
    names: FIELDS,
    wrong: () => ({
      ...(values.name.trim() === '' && { name: t('register.missing.name') }),
      ...(values.password === '' && { password: t('register.missing.password') }),
      ...(!values.accepted && { accept_terms: t('register.missing.terms') }),
    }),
    // The name loses the spaces around it; of a password nothing is trimmed (CRD-1).
    send: () => completeRegistration(token, values.name.trim(), values.password),
    onDone: on.done,
    onProblem: (problem) => {
      if (isGone(problem)) on.gone();
      return isGone(problem);
    },
  });
}

function CompletionForm({
  token,
  invited,
  onDone,
  onGone,
}: {
  token: string;
  invited: Invited;
  onDone: () => void;
  onGone: () => void;
}) {
  const { t } = useTexts();
  const plan = usePlan();
  const [name, setName] = useState(invited.name);
  const [password, setPassword] = useState('');
  const [accepted, setAccepted] = useState(false);
  const { busy, outcome, submit } = useCompletion(
    token,
    { name, password, accepted },
    { done: onDone, gone: onGone },
  );
  const names = [name, invited.name, invited.organization ?? '', plan?.name ?? ''];
  return (
    <Page title={t('register.complete.title')} className="p-register">
      <p className="p-lead">
        {invited.organization
          ? t('register.complete.lead', { organization: invited.organization })
          : t('register.complete.leadPlan')}
      </p>
      <FormSummary heading={t('register.summary')} outcome={outcome} idOf={idOf} />
      <form
        className="p-card"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
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
        <TextField
          id={idOf('name')}
          name="name"
          label={t('register.name')}
          hint={t('register.complete.nameHint')}
          autoComplete="name"
          spellCheck={false}
          value={name}
          onChange={(event: { target: HTMLInputElement }) => setName(event.target.value)}
          errorMessage={outcome.fields['name']}
          aria-required
        />
        <NewPasswordField
          id={idOf('password')}
          value={password}
          names={names}
          error={outcome.fields['password']}
          onChange={setPassword}
        />
        <Terms />
        <Choice
          id={idOf('accept_terms')}
          type="checkbox"
          name="terms"
          value="accepted"
          label={t('register.accept')}
          checked={accepted}
          errorMessage={outcome.fields['accept_terms']}
          onChange={(event) => setAccepted(event.target.checked)}
        />
        <div className="p-actions p-register__bar">
          <Button type="submit" variation="solid" aria-disabled={busy}>
            {t(busy ? 'register.complete.busy' : 'register.complete.submit')}
          </Button>
        </div>
      </form>
    </Page>
  );
}

function SignInInstead({ invited }: { invited: Invited }) {
  const { t } = useTexts();
  return (
    <Page title={t('register.instead.title')} className="p-register">
      <p>{t('register.instead.body', { email: invited.email })}</p>
      <p>
        <Link href="/">{t('register.toSignIn')}</Link>
      </p>
    </Page>
  );
}

function Completed() {
  const { t } = useTexts();
  return (
    <Page title={t('register.done.title')} className="p-register">
      <p>{t('register.done.body')}</p>
      <p>
        <Link href="/">{t('register.toSignIn')}</Link>
      </p>
    </Page>
  );
}

/** The mailed link: who one is, a password, the terms (CRD-6). Looking spends nothing; sending the form does. */
export function CompletePage({ token }: { token: string }) {
  const [state, setState] = useState<State>({ step: 'looking' });
  const [tries, setTries] = useState(0);
  useEffect(() => {
    let wanted = true;
    lookAtLink(token)
      .then((invited) => wanted && setState({ step: 'form', invited }))
      .catch((error: unknown) => {
        const problem = problemOf(error);
        if (wanted) setState(isGone(problem) ? { step: 'gone' } : { step: 'failed', problem });
      });
    return () => {
      wanted = false;
    };
  }, [token, tries]);
  switch (state.step) {
    case 'looking':
      return <Loading />;
    case 'gone':
      return <LinkGone />;
    case 'done':
      return <Completed />;
    case 'failed':
      return <ProblemAlert problem={state.problem} retry={() => setTries(tries + 1)} />;
    case 'form':
      return state.invited.signs_in_instead ? (
        <SignInInstead invited={state.invited} />
      ) : (
        <CompletionForm
          token={token}
          invited={state.invited}
          onDone={() => setState({ step: 'done' })}
          onGone={() => setState({ step: 'gone' })}
        />
      );
  }
}
