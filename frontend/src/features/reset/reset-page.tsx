import { Button } from '@cmsgov/design-system';
import { useState } from 'react';
import { Link } from 'wouter';
import { Page } from '../../app/page';
import { usePlan } from '../../app/plan';
import { useTexts } from '../../texts/context';
import { FormSummary } from '../../ui/form-summary';
import { completeReset } from '../register/calls';
import { LinkGone } from '../register/link-gone';
import { NewPasswordField } from '../register/password-field';
import { useForm } from '../register/use-form';

const idOf = (field: string) => `reset-${field}`;

function Changed() {
  const { t } = useTexts();
  return (
    <Page title={t('reset.done.title')} className="p-register">
      <p>{t('reset.done.body')}</p>
      <p>
        <Link href="/">{t('register.toSignIn')}</Link>
      </p>
    </Page>
  );
}

/** A new password by the mailed link (CRD-6). */
export function ResetPage({ token }: { token: string }) {
  const { t } = useTexts();
  const plan = usePlan();
  const [password, setPassword] = useState('');
  const [step, setStep] = useState<'form' | 'gone' | 'done'>('form');
  const { busy, outcome, submit } = useForm({
    names: ['password'],
    wrong: () => ({ ...(password === '' && { password: t('register.missing.password') }) }),
    send: () => completeReset(token, password),
    onDone: () => setStep('done'),
    onProblem: ({ code, errors }) => {
      const gone = code === 'link_expired' || (errors ?? []).some((e) => e.pointer === '/token');
      if (gone) setStep('gone');
      return gone;
    },
  });
  if (step === 'gone') return <LinkGone />;
  if (step === 'done') return <Changed />;
  return (
    <Page title={t('reset.title')} className="p-register">
      <p className="p-lead">{t('reset.lead')}</p>
      <FormSummary heading={t('register.summary')} outcome={outcome} idOf={idOf} />
      <form
        className="p-card"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <NewPasswordField
          id={idOf('password')}
          value={password}
          names={[plan?.name ?? '']}
          error={outcome.fields['password']}
          onChange={setPassword}
        />
        <div className="p-actions p-register__bar">
          <Button type="submit" variation="solid" aria-disabled={busy}>
            {t(busy ? 'reset.busy' : 'reset.submit')}
          </Button>
        </div>
      </form>
    </Page>
  );
}
