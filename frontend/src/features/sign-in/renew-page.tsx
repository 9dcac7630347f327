import { Button } from '@cmsgov/design-system';
import { useState } from 'react';
import { Link } from 'wouter';
import type { Session } from '../../api/types';
import { Page } from '../../app/page';
import { usePlan } from '../../app/plan';
import { arrive } from '../../app/session-store';
import { useTexts } from '../../texts/context';
import { FormSummary } from '../../ui/form-summary';
import { PasswordField } from '../../ui/password-field';
import { NewPasswordField } from '../register/password-field';
import { useForm } from '../register/use-form';
import { putPassword } from './calls';
import { GiveUp } from './give-up';

const idOf = (field: string) => `renew-${field}`;

/** The password is older than a year: nothing opens before there is a new one (CRD-2). */
export function RenewPage({ user }: { user: Session['user'] | null }) {
  const { t } = useTexts();
  const plan = usePlan();
  const [current, setCurrent] = useState('');
  const [password, setPassword] = useState('');
  const { busy, outcome, submit } = useForm({
    names: ['current', 'password'],
    wrong: () => ({
      ...(current === '' && { current: t('stage.renew.currentMissing') }),
      ...(password === '' && { password: t('register.missing.password') }),
    }),
    // Of a password nothing is trimmed (CRD-1).
    send: async () => arrive(await putPassword(current, password)),
    onDone: () => undefined,
  });
  return (
    <Page title={t('stage.renew.title')} className="p-register">
      <p className="p-lead">{t('stage.renew.lead')}</p>
      <FormSummary heading={t('stage.problem')} outcome={outcome} idOf={idOf} />
      <form
        className="p-card"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        {/* So that password managers know whose password changes. */}
        {user && <input type="email" autoComplete="username" value={user.email} readOnly hidden />}
        <PasswordField
          id={idOf('current')}
          label={t('stage.renew.current')}
          value={current}
          onChange={setCurrent}
          error={outcome.fields['current']}
        />
        <NewPasswordField
          id={idOf('password')}
          value={password}
          names={[user?.name ?? '', plan?.name ?? '']}
          error={outcome.fields['password']}
          onChange={setPassword}
        />
        <div className="p-actions p-register__bar">
          <Button type="submit" variation="solid" aria-disabled={busy}>
            {t(busy ? 'reset.busy' : 'reset.submit')}
          </Button>
        </div>
      </form>
      <p className="p-gap-top">
        <Link href="/forgot">{t('signIn.forgot')}</Link>
      </p>
      <GiveUp />
    </Page>
  );
}
