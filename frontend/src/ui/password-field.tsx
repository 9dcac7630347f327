import { Choice, TextField } from '@cmsgov/design-system';
import { useState } from 'react';
import type { RefObject } from 'react';
import { useTexts } from '../texts/context';

interface Props {
  id: string;
  label: string;
  value: string;
  onChange: (password: string) => void;
  error?: string | undefined;
  hint?: string | undefined;
  autoComplete?: 'current-password' | 'new-password';
  /** Id of what also describes the field. */
  describedBy?: string;
  inputRef?: RefObject<HTMLInputElement | null>;
}

/** A password: pasting and password managers work, it can be shown, and nothing of it is changed (S-AUTH-18). */
export function PasswordField(props: Props) {
  const { id, label, value, onChange, error, hint, autoComplete, describedBy, inputRef } = props;
  const { t } = useTexts();
  const [shown, setShown] = useState(false);
  return (
    <>
      <TextField
        id={id}
        name={autoComplete === 'new-password' ? 'new-password' : 'password'}
        label={label}
        hint={hint}
        type={shown ? 'text' : 'password'}
        autoComplete={autoComplete ?? 'current-password'}
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
        value={value}
        onChange={(event: { target: HTMLInputElement }) => onChange(event.target.value)}
        errorMessage={error}
        aria-required
        {...(describedBy ? { 'aria-describedby': describedBy } : {})}
        {...(inputRef ? { inputRef } : {})}
      />
      <Choice
        type="checkbox"
        size="small"
        name={`${id}-show`}
        value="show"
        label={t('signIn.show')}
        checked={shown}
        aria-controls={id}
        onChange={(event) => setShown(event.target.checked)}
      />
    </>
  );
}
