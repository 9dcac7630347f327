import '../../texts/sign-in';
import { Button, Dialog } from '@cmsgov/design-system';
import { useState } from 'react';
import { settleProof } from '../../app/proof';
import { useTexts } from '../../texts/context';
import { FormSummary } from '../../ui/form-summary';
import { PasswordField } from '../../ui/password-field';
import { bareCode, CodeField } from '../credentials/code-field';
import { useForm } from '../register/use-form';
import { postProof } from './calls';

const idOf = (field: string) => `proof-${field}`;

function ProofForm({ factor }: { factor: boolean }) {
  const { t } = useTexts();
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const { busy, outcome, submit } = useForm({
    names: ['password', 'code'],
    wrong: () => ({
      ...(password === '' && { password: t('signIn.passwordMissing') }),
      ...(factor && code.trim() === '' && { code: t('code.missing') }),
    }),
    send: () => postProof(password, factor ? bareCode(code) : null),
    onDone: () => settleProof(true),
  });
  return (
    <>
      <p>{t('proof.body')}</p>
      <FormSummary heading={t('stage.problem')} outcome={outcome} idOf={idOf} />
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <PasswordField
          id={idOf('password')}
          label={t('signIn.password')}
          value={password}
          onChange={setPassword}
          error={outcome.fields['password']}
        />
        {factor && (
          <CodeField
            id={idOf('code')}
            value={code}
            onChange={setCode}
            error={outcome.fields['code']}
            recovery
          />
        )}
        <div className="p-actions p-gap-top">
          <Button type="submit" variation="solid" aria-disabled={busy}>
            {t(busy ? 'stage.busy' : 'proof.confirm')}
          </Button>
          <Button type="button" onClick={() => settleProof(false)}>
            {t('proof.cancel')}
          </Button>
        </div>
      </form>
    </>
  );
}

/** Before a sensitive change: is it still the person who signed in (CRD-10, S-SESS-10)? */
export function ProofDialog({ isOpen, factor }: { isOpen: boolean; factor: boolean }) {
  const { t } = useTexts();
  // The dialog stays in the page while it is closed: so the focus goes back to where it was.
  return (
    <Dialog
      isOpen={isOpen}
      onExit={() => settleProof(false)}
      size="narrow"
      heading={t('proof.title')}
    >
      {isOpen && <ProofForm factor={factor} />}
    </Dialog>
  );
}
