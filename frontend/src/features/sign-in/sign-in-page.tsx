import { Alert, Button, TextField } from '@cmsgov/design-system';
import { lazy, Suspense, useRef, useState } from 'react';
import type { FormEvent } from 'react';
import { Link } from 'wouter';
import { problemOf, waitOf } from '../../api/client';
import type { Problem } from '../../api/types';
import { Phone } from '../../app/help-footer';
import { keptEdits } from '../../app/kept-edits';
import { Page } from '../../app/page';
import { usePlan } from '../../app/plan';
import { signIn } from '../../app/session-store';
import type { Because } from '../../app/session-store';
import { useTexts } from '../../texts/context';
import { Loading } from '../../ui/loading';
import { PasswordField } from '../../ui/password-field';
import { ProblemAlert } from '../../ui/problem-alert';
import { drafts } from '../compose/draft-store';
import { DIRECTORY } from '../directory/paths';
import { REQUEST } from '../nominate/paths';
import { isShut } from './refusals';

const ShutPage = lazy(() => import('./shut-page').then((module) => ({ default: module.ShutPage })));

function Why({ because }: { because: Because }) {
  const { t } = useTexts();
  const kept = because !== 'signed_out' && (drafts.anyUnsent() || keptEdits.any());
  if (because === 'none' && !kept) return null;
  if (because === 'none') return <p>{t('signIn.endedKept')}</p>;
  return (
    <Alert role="status" heading={t(`signIn.${because}`)}>
      <p className="p-flat">{t(`signIn.${because}Body`)}</p>
      {kept && <p className="p-flat">{t('signIn.endedKept')}</p>}
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

interface Failed {
  problem: Problem;
  /** Seconds, where the portal asks for a wait (CRD-7). */
  wait: number | null;
  /** Rises with each try, so that the alert takes the focus each time. */
  attempt: number;
}

export function SignInPage({ because }: { because: Because }) {
  const { t } = useTexts();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [missing, setMissing] = useState({ email: false, password: false });
  const [failed, setFailed] = useState<Failed | null>(null);
  const attempt = useRef(0);
  const emailRef = useRef<HTMLInputElement>(null);
  const passwordRef = useRef<HTMLInputElement>(null);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    const next = { email: email.trim() === '', password: password === '' };
    setMissing(next);
    setFailed(null);
    if (next.email) return emailRef.current?.focus();
    if (next.password) return passwordRef.current?.focus();
    setBusy(true);
    try {
      await signIn(email.trim(), password);
    } catch (error) {
      attempt.current += 1;
      const problem = problemOf(error);
      setFailed({ problem, wait: waitOf(error), attempt: attempt.current });
      if (problem.code === 'sign_in_failed' || isShut(problem)) setPassword('');
    } finally {
      setBusy(false);
    }
  };

  if (failed && isShut(failed.problem)) {
    return (
      <Suspense fallback={<Loading />}>
        <ShutPage problem={failed.problem} onBack={() => setFailed(null)} />
      </Suspense>
    );
  }
  return (
    <Page title={t('signIn.title')} className="p-signin">
      <p className="p-lead">{t('signIn.intro')}</p>
      <Why because={because} />
      <div className="p-signin__columns">
        <form className="p-card p-signin__form" noValidate onSubmit={(event) => void submit(event)}>
          {failed && (
            <ProblemAlert
              key={failed.attempt}
              problem={failed.problem}
              heading={t('signIn.problem')}
              wait={failed.wait}
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
          <PasswordField
            id="sign-in-password"
            label={t('signIn.password')}
            value={password}
            onChange={setPassword}
            error={missing.password ? t('signIn.passwordMissing') : undefined}
            inputRef={passwordRef}
          />
          <Button type="submit" variation="solid" className="p-signin__submit">
            {busy ? t('signIn.submitting') : t('signIn.submit')}
          </Button>
          <p className="p-gap-top p-flat">
            <Link href="/forgot">{t('signIn.forgot')}</Link>
          </p>
          <p className="p-gap-top p-flat">
            {t('signIn.noAccount')} <Link href="/register">{t('signIn.register')}</Link>
          </p>
          <p className="p-gap-top p-flat">
            {t('signIn.noPractice')} <Link href={REQUEST}>{t('signIn.askForm')}</Link>
          </p>
          <p className="p-gap-top p-flat">
            <Link href={DIRECTORY}>{t('help.directory')}</Link>
          </p>
        </form>
        <Notices />
      </div>
    </Page>
  );
}
