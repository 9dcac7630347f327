import { Alert, Button, Choice, TextField } from '@cmsgov/design-system';
import { useRef, useState } from 'react';
import type { FormEvent } from 'react';
import { Link } from 'wouter';
import { problemOf } from '../../api/client';
import type { Problem } from '../../api/types';
import { Phone } from '../../app/help-footer';
import { keptEdits } from '../../app/kept-edits';
import { Page } from '../../app/page';
import { usePlan } from '../../app/plan';
import { signIn } from '../../app/session-store';
import { useTexts } from '../../texts/context';
import { ProblemAlert } from '../../ui/problem-alert';
import { drafts } from '../compose/draft-store';

function Why({ because }: { because: 'none' | 'ended' | 'signed_out' }) {
  const { t } = useTexts();
  if (because === 'none') return null;
  const ended = because === 'ended';
  const kept = drafts.anyUnsent() || keptEdits.any();
  return (
    <Alert role="status" heading={t(ended ? 'signIn.ended' : 'signIn.signedOut')}>
      <p className="p-flat">{t(ended ? 'signIn.endedBody' : 'signIn.signedOutBody')}</p>
      {ended && kept && <p className="p-flat">{t('signIn.endedKept')}</p>}
    </Alert>
  );
}

function Notices() {
  const { t } = useTexts();
  const plan = usePlan();
  if (!plan) return null;
  return (
    <div className="p-signin__notices">
      <section aria-labelledby="sharing-title">
        <h2 id="sharing-title" className="ds-text-heading--md">
          {t('signIn.sharing')}
        </h2>
        {/* Sharing a login is against policy and this page says so (ACC-10). */}
        <p>{plan.sharing_notice}</p>
      </section>
      <section aria-labelledby="trouble-title">
        <h2 id="trouble-title" className="ds-text-heading--md">
          {t('signIn.trouble')}
        </h2>
        <p>
          {t('signIn.call')} <Phone phone={plan.helpdesk.phone} />
          <br />
          {plan.helpdesk.hours}
        </p>
      </section>
    </div>
  );
}

interface Missing {
  email: boolean;
  password: boolean;
}

export function SignInPage({ because }: { because: 'none' | 'ended' | 'signed_out' }) {
  const { t } = useTexts();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [shown, setShown] = useState(false);
  const [busy, setBusy] = useState(false);
  const [missing, setMissing] = useState<Missing>({ email: false, password: false });
  // A new object for each try, so that the alert takes the focus each time.
  const [problem, setProblem] = useState<{ problem: Problem; attempt: number } | null>(null);
  const attempt = useRef(0);
  const emailRef = useRef<HTMLInputElement>(null);
  const passwordRef = useRef<HTMLInputElement>(null);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    const next = { email: email.trim() === '', password: password === '' };
    setMissing(next);
    setProblem(null);
    if (next.email) return emailRef.current?.focus();
    if (next.password) return passwordRef.current?.focus();
    setBusy(true);
    try {
      await signIn(email.trim(), password);
    } catch (error) {
      attempt.current += 1;
      setProblem({ problem: problemOf(error), attempt: attempt.current });
      if (problemOf(error).code === 'sign_in_failed') setPassword('');
    } finally {
      setBusy(false);
    }
  };

  return (
    <Page title={t('signIn.title')} className="p-signin">
      <p className="p-lead">{t('signIn.intro')}</p>
      <Why because={because} />
      <div className="p-signin__columns">
        <form className="p-card p-signin__form" noValidate onSubmit={(event) => void submit(event)}>
          {problem && (
            <ProblemAlert
              key={problem.attempt}
              problem={problem.problem}
              heading={t('signIn.problem')}
              autoFocus
            />
          )}
          <TextField
            label={t('signIn.email')}
            name="email"
            type="email"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            value={email}
            onChange={(event: { target: HTMLInputElement }) => setEmail(event.target.value)}
            errorMessage={missing.email ? t('signIn.emailMissing') : undefined}
            inputRef={emailRef}
          />
          <TextField
            label={t('signIn.password')}
            name="password"
            type={shown ? 'text' : 'password'}
            autoComplete="current-password"
            autoCapitalize="none"
            spellCheck={false}
            value={password}
            onChange={(event: { target: HTMLInputElement }) => setPassword(event.target.value)}
            errorMessage={missing.password ? t('signIn.passwordMissing') : undefined}
            inputRef={passwordRef}
          />
          <Choice
            type="checkbox"
            size="small"
            name="show"
            value="show"
            label={t('signIn.show')}
            checked={shown}
            onChange={(event) => setShown(event.target.checked)}
          />
          <Button type="submit" variation="solid" className="p-signin__submit">
            {busy ? t('signIn.submitting') : t('signIn.submit')}
          </Button>
          <p className="p-gap-top p-flat">
            {t('signIn.noAccount')} <Link href="/register">{t('signIn.register')}</Link>
          </p>
        </form>
        <Notices />
      </div>
    </Page>
  );
}
