import { useEffect, useRef, useState } from 'react';
import { usePlan } from '../../app/plan';
import { useSession } from '../../app/session-context';
import { useTexts } from '../../texts/context';
import { FormSummary } from '../../ui/form-summary';
import { PasswordField } from '../../ui/password-field';
import { bareCode, CodeField } from '../credentials/code-field';
import { NewPasswordField } from '../register/password-field';
import { useForm } from '../register/use-form';
import { putPassword } from './calls';
import { Fold } from './fold';
import { useProfileChanged, useSessionsChanged } from './queries';
import { FormBar, Section, tellDone } from './section';
import type { Profile } from './types';
import { useHolds } from './unsaved';

const idOf = (field: string) => `password-${field}`;

function PasswordForm({ profile, onClose }: { profile: Profile; onClose: () => void }) {
  const { t } = useTexts();
  const plan = usePlan();
  const { membership } = useSession();
  const profileChanged = useProfileChanged();
  const sessionsChanged = useSessionsChanged();
  const [current, setCurrent] = useState('');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => first.current?.focus(), []);
  useHolds('password', current !== '' || password !== '');
  const { busy, outcome, submit } = useForm({
    names: ['current', 'password', 'code'],
    wrong: () => ({
      ...(current === '' && { current: t('profile.missing.current') }),
      ...(password === '' && { password: t('profile.missing.password') }),
      ...(profile.factor && code.trim() === '' && { code: t('code.missing') }),
    }),
    // Of a password nothing is trimmed (CRD-1).
    send: () => putPassword(current, password, profile.factor ? bareCode(code) : null),
    onDone: () => {
      profileChanged();
      void sessionsChanged();
      onClose();
      tellDone('password', t('profile.password.saved'));
    },
  });
  const names = [profile.name, membership?.organization.name ?? '', plan?.name ?? ''];
  return (
    <form
      noValidate
      aria-labelledby="profile-password"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <FormSummary heading={t('profile.problem')} outcome={outcome} idOf={idOf} />
      {/* For password managers, so that they know whose password changes. */}
      <input type="email" autoComplete="username" value={profile.email} readOnly hidden />
      <PasswordField
        id={idOf('current')}
        label={t('profile.password.current')}
        value={current}
        error={outcome.fields['current']}
        onChange={setCurrent}
        inputRef={first}
      />
      <NewPasswordField
        id={idOf('password')}
        value={password}
        names={names}
        error={outcome.fields['password']}
        onChange={setPassword}
      />
      {profile.factor && (
        <CodeField
          id={idOf('code')}
          value={code}
          recovery
          error={outcome.fields['code']}
          onChange={setCode}
        />
      )}
      <p>{t('profile.password.others')}</p>
      <FormBar submit="profile.password.submit" busy={busy} onCancel={onClose} />
    </form>
  );
}

/** A new password once a year, or when one wants (CRD-1, CRD-2). */
export function PasswordSection({ profile }: { profile: Profile }) {
  const { t, instant } = useTexts();
  const { password_changed_at: changedAt, password_ends_at: endsAt } = profile;
  return (
    <Section name="password">
      <p>{t('profile.password.changedAt', { time: instant(changedAt) })}</p>
      <p>{t('profile.password.endsAt', { time: instant(endsAt) })}</p>
      <Fold section="password" label={t('profile.password.change')}>
        {(close) => <PasswordForm profile={profile} onClose={close} />}
      </Fold>
    </Section>
  );
}
