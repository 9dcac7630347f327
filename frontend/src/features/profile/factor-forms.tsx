import { useState } from 'react';
import { useTexts } from '../../texts/context';
import { FormSummary } from '../../ui/form-summary';
import { bareCode, CodeField } from '../credentials/code-field';
import { FactorSetup } from '../credentials/factor-setup';
import { useForm } from '../register/use-form';
import { confirmFactor, deleteFactor } from './calls';
import { FormBar } from './section';
import type { Candidate } from './types';
import { useHolds } from './unsaved';

const idOf = (field: string) => `factor-${field}`;

interface ConfirmProps {
  candidate: Candidate;
  onCodes: (codes: readonly string[]) => void;
  onCancel: () => void;
}

/** The new seed counts from the first code of it that is right; until then the old one does. */
export function ConfirmFactorForm({ candidate, onCodes, onCancel }: ConfirmProps) {
  const { t } = useTexts();
  const [code, setCode] = useState('');
  useHolds('factor', true);
  const { busy, outcome, submit } = useForm({
    names: ['code'],
    wrong: () => ({ ...(code.trim() === '' && { code: t('code.missing') }) }),
    send: async () => onCodes((await confirmFactor(bareCode(code))).recovery_codes),
    onDone: () => undefined,
  });
  return (
    <form
      noValidate
      aria-labelledby="profile-factor"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <FormSummary heading={t('profile.problem')} outcome={outcome} idOf={idOf} />
      <FactorSetup
        candidate={candidate}
        id={idOf('code')}
        code={code}
        onCode={setCode}
        error={outcome.fields['code']}
      />
      <FormBar submit="profile.factor.confirm" busy={busy} onCancel={onCancel} />
    </form>
  );
}

interface RemoveProps {
  onDone: () => void;
  onCancel: () => void;
}

export function RemoveFactorForm({ onDone, onCancel }: RemoveProps) {
  const { t } = useTexts();
  const [code, setCode] = useState('');
  useHolds('factor', code !== '');
  const { busy, outcome, submit } = useForm({
    names: ['code'],
    wrong: () => ({ ...(code.trim() === '' && { code: t('code.missing') }) }),
    send: () => deleteFactor(bareCode(code)),
    onDone,
  });
  return (
    <form
      noValidate
      aria-labelledby="profile-factor"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <FormSummary heading={t('profile.problem')} outcome={outcome} idOf={idOf} />
      <p>{t('profile.factor.removeBody')}</p>
      <CodeField
        id={idOf('code')}
        value={code}
        recovery
        error={outcome.fields['code']}
        onChange={setCode}
      />
      <FormBar submit="profile.factor.remove" busy={busy} onCancel={onCancel} />
    </form>
  );
}
