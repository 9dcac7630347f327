import { Alert, Button, TextField } from '@cmsgov/design-system';
import { useState } from 'react';
import { useTexts } from '../../texts/context';
import { FormSummary } from '../../ui/form-summary';
import { Fold } from '../profile/fold';
import { FormBar, Section, tellDone } from '../profile/section';
import { useHolds } from '../profile/unsaved';
import { useForm } from '../register/use-form';
import { deleteAddress, deleteWaitingAddress, putAddress } from './calls';
import { useNoticesChanged } from './queries';
import type { Notices } from './types';

const idOf = (field: string) => `address-${field}`;

function AddressForm({ onClose }: { onClose: () => void }) {
  const { t } = useTexts();
  const changed = useNoticesChanged();
  const [email, setEmail] = useState('');
  useHolds('address', email !== '');
  const { busy, outcome, submit } = useForm({
    names: ['email'],
    wrong: () => ({ ...(email.trim() === '' && { email: t('notices.missing') }) }),
    send: () => putAddress(email.trim()),
    onDone: () => {
      changed();
      onClose();
      tellDone('address', t('notices.sent'));
    },
  });
  return (
    <form
      noValidate
      aria-labelledby="profile-address"
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
        label={t('notices.new')}
        hint={t('notices.newHint')}
        autoComplete="off"
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

/** Something that one button does. */
function useDoing(send: () => Promise<unknown>, done: string) {
  const changed = useNoticesChanged();
  return useForm({
    names: [],
    wrong: () => ({}),
    send,
    onDone: () => {
      changed();
      tellDone('address', done);
    },
  });
}

type Waiting = NonNullable<Notices['waiting_address']>;

function WaitingAddress({ waiting: { address, ends_at: endsAt } }: { waiting: Waiting }) {
  const { t, instant } = useTexts();
  const again = useDoing(() => putAddress(address), t('notices.sent'));
  const withdrawal = useDoing(deleteWaitingAddress, t('notices.withdrawn'));
  const busy = again.busy || withdrawal.busy;
  return (
    <>
      <FormSummary heading={t('profile.problem')} outcome={again.outcome} idOf={idOf} />
      <FormSummary heading={t('profile.problem')} outcome={withdrawal.outcome} idOf={idOf} />
      <Alert role="region" heading={t('notices.waits')} headingLevel="3">
        <p className="p-flat">
          {t('notices.waitsBody', { email: address, time: instant(endsAt) })}
        </p>
        <div className="p-actions p-gap-top">
          <Button size="small" aria-disabled={busy} onClick={again.submit}>
            {t('notices.again')}
          </Button>
          <Button size="small" aria-disabled={busy} onClick={withdrawal.submit}>
            {t('notices.withdraw')}
          </Button>
        </div>
      </Alert>
    </>
  );
}

function Back() {
  const { t } = useTexts();
  const { busy, outcome, submit } = useDoing(deleteAddress, t('notices.backDone'));
  return (
    <>
      <FormSummary heading={t('profile.problem')} outcome={outcome} idOf={idOf} />
      <Button aria-disabled={busy} onClick={submit}>
        {t('notices.back')}
      </Button>
    </>
  );
}

/** Where notices go: to the sign-in address, or to another one that its own mailbox has confirmed. */
export function AddressSection({ notices }: { notices: Notices }) {
  const { t } = useTexts();
  const { sign_in_address: own, notice_address: other, waiting_address: waiting } = notices;
  return (
    <Section name="address">
      <p>{t('notices.goTo', { email: other ?? own })}</p>
      <p>{t(other ? 'notices.securityApart' : 'notices.goWhereSignIn', { email: own })}</p>
      {waiting && <WaitingAddress waiting={waiting} />}
      {other && <Back />}
      <Fold section="address" label={t('notices.another')}>
        {(close) => <AddressForm onClose={close} />}
      </Fold>
    </Section>
  );
}
