import '../../styles/credentials.css';
import '../../texts/credentials';
import { TextField } from '@cmsgov/design-system';
import { useState } from 'react';
import { useTexts } from '../../texts/context';

/** A code as it is sent: people type it with the spaces that apps and papers show. */
export const bareCode = (code: string) => code.replace(/\s/g, '');

interface Props {
  id: string;
  value: string;
  onChange: (code: string) => void;
  error?: string | undefined;
  /** Does one of the recovery codes do, too? */
  recovery?: boolean;
  autoFocus?: boolean;
}

/**
 * The six digits of the authenticator app, or one of the codes kept for the day it is lost (CRD-9, S-AUTH-18). Never
 * of type number: codes begin with 0.
 */
export function CodeField({ id, value, onChange, error, recovery, autoFocus }: Props) {
  const { t } = useTexts();
  const [kept, setKept] = useState(false);
  return (
    <>
      <TextField
        id={id}
        name="code"
        label={t(kept ? 'code.recoveryLabel' : 'code.label')}
        hint={t(kept ? 'code.recoveryHint' : 'code.hint')}
        inputMode={kept ? 'text' : 'numeric'}
        autoComplete={kept ? 'off' : 'one-time-code'}
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
        autoFocus={autoFocus ?? false}
        value={value}
        onChange={(event: { target: HTMLInputElement }) => onChange(event.target.value)}
        errorMessage={error}
        aria-required
      />
      {recovery && (
        <button
          type="button"
          className="p-link-button p-code__switch"
          onClick={() => {
            setKept(!kept);
            onChange('');
            document.getElementById(id)?.focus();
          }}
        >
          {t(kept ? 'code.useApp' : 'code.useRecovery')}
        </button>
      )}
    </>
  );
}
