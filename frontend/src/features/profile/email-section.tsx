import { Alert, Button, TextField } from '@cmsgov/design-system';
import { useState } from 'react';
import { useTexts } from '../../texts/context';
import { FormSummary } from '../../ui/form-summary';
import { useForm } from '../register/use-form';
import { deleteEmail, postEmail } from './calls';
import { Fold } from './fold';
import { useProfileChanged } from './queries';
import { FormBar, Section, tellDone } from './section';
import type { Profile } from './types';
import { useHolds } from './unsaved';

const idOf = (field: string) => `email-${field}`;

function NewEmailForm({ onClose }: { onClose: () => void }) {
  const { t } = useTexts();
  const changed = useProfileChanged();
  const [email, setEmail] = useState('');
  useHolds('email', email !== '');
  const { busy, outcome, submit } = useForm({
    names: ['email'],
    wrong: () => ({ ...(email.trim() === '' && { email: t('profile.missing.email') }) }),
    send: () => postEmail(email.trim()),
    onDone: () => {
      changed();
      onClose();
      tellDone('email', t('profile.email.sent'));
    },
  });
  return (
    <form
      noValidate
      aria-labelledby="profile-email"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <FormSummary heading={t('profile.problem')} outcome={outcome} idOf={idOf} />
      <TextField
        id={idOf('email')}
        name="email"
        type="email"
        label={t('profile.email.new')}
        hint={t('profile.email.hint')}
        autoComplete="email"
        autoCapitalize="none"
        spellCheck={false}
        autoFocus
        value={email}
        onChange={(event: { target: HTMLInputElement }) => setEmail(event.target.value)}
        errorMessage={outcome.fields['email']}
        aria-required
      />
      <FormBar submit="profile.email.submit" busy={busy} onCancel={onClose} />
    </form>
  );
}

function Pending({ email }: { email: string }) {
  const { t } = useTexts();
  const changed = useProfileChanged();
  const { busy, outcome, submit } = useForm({
    names: [],
    wrong: () => ({}),
    send: deleteEmail,
    onDone: () => {
      changed();
      tellDone('email', t('profile.email.withdrawn'));
    },
  });
  return (
    <>
      <FormSummary heading={t('profile.problem')} outcome={outcome} idOf={idOf} />
      <Alert role="region" heading={t('profile.email.waits')} headingLevel="3">
        <p className="p-flat">{t('profile.email.waitsBody', { email })}</p>
        <Button size="small" className="p-gap-top" aria-disabled={busy} onClick={submit}>
          {t('profile.email.withdraw')}
        </Button>
      </Alert>
    </>
  );
}

/** The address one signs in with; a new one counts once its own mailbox has confirmed it. */
export function EmailSection({ profile }: { profile: Profile }) {
  const { t } = useTexts();
  const { email, pending_email: pending } = profile;
  return (
    <Section name="email">
      <p>{t('profile.email.now', { email })}</p>
      {pending && <Pending email={pending} />}
      <Fold section="email" label={t('profile.email.change')}>
        {(close) => <NewEmailForm onClose={close} />}
      </Fold>
    </Section>
  );
}
