import { Button, TextField } from '@cmsgov/design-system';
import { useState } from 'react';
import { Link } from 'wouter';
import { Page } from '../../app/page';
import { useTexts } from '../../texts/context';
import { FormSummary } from '../../ui/form-summary';
import { useForm } from '../register/use-form';
import { Helpdesk } from '../sign-in/helpdesk';
import { askReset } from './calls';

const idOf = (field: string) => `forgot-${field}`;

/** The same for every address: nobody learns who has an account (S-AUTH-07). */
function Asked({ email }: { email: string }) {
  const { t } = useTexts();
  return (
    <Page title={t('forgot.asked.title')} className="p-register">
      <p>{t('forgot.asked.body', { email })}</p>
      <p>{t('forgot.asked.next')}</p>
      <Helpdesk lead={t('forgot.asked.helpdesk')} />
      <p>
        <Link href="/">{t('register.toSignIn')}</Link>
      </p>
    </Page>
  );
}

/** Somebody has forgotten their password: the way back begins in their mailbox (CRD-4). */
export function ForgotPage() {
  const { t } = useTexts();
  const [email, setEmail] = useState('');
  const [asked, setAsked] = useState(false);
  const { busy, outcome, submit } = useForm({
    names: ['email'],
    wrong: () => ({ ...(email.trim() === '' && { email: t('signIn.emailMissing') }) }),
    send: () => askReset(email.trim()),
    onDone: () => setAsked(true),
  });
  if (asked) return <Asked email={email.trim()} />;
  return (
    <Page title={t('forgot.title')} className="p-register">
      <p className="p-lead">{t('forgot.lead')}</p>
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
          label={t('signIn.email')}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          value={email}
          onChange={(event: { target: HTMLInputElement }) => setEmail(event.target.value)}
          errorMessage={outcome.fields['email']}
          aria-required
        />
        <div className="p-actions p-register__bar">
          <Button type="submit" variation="solid" aria-disabled={busy}>
            {t(busy ? 'register.busy' : 'forgot.submit')}
          </Button>
          <Link href="/">{t('register.toSignIn')}</Link>
        </div>
      </form>
    </Page>
  );
}
