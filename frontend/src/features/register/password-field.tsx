import { Choice, TextField } from '@cmsgov/design-system';
import { useState } from 'react';
import { useTexts } from '../../texts/context';
import { rulesKept } from './password-rules';
import type { PasswordRule } from './password-rules';

const RULES: PasswordRule[] = ['length', 'upper', 'lower', 'special', 'names'];

interface Props {
  id: string;
  value: string;
  /** Of the person, the practice and the plan: the password may not be made of them. */
  names: readonly string[];
  error: string | undefined;
  onChange: (password: string) => void;
}

/** A new password, with the rules and which of them it keeps (CRD-1). */
export function NewPasswordField({ id, value, names, error, onChange }: Props) {
  const { t } = useTexts();
  const [shown, setShown] = useState(false);
  const kept = rulesKept(value, names);
  const open = RULES.filter((rule) => !kept[rule]).length;
  return (
    <>
      <TextField
        id={id}
        name="new-password"
        label={t('register.password')}
        type={shown ? 'text' : 'password'}
        autoComplete="new-password"
        autoCapitalize="none"
        spellCheck={false}
        value={value}
        onChange={(event: { target: HTMLInputElement }) => onChange(event.target.value)}
        errorMessage={error}
        aria-describedby={`${id}-rules`}
        aria-required
      />
      <div id={`${id}-rules`} className="p-rules">
        <p className="p-flat">{t('register.rules')}</p>
        <ul className="p-rules__list">
          {RULES.map((rule) => (
            <li key={rule} className={kept[rule] ? 'p-rules__kept' : undefined}>
              <span aria-hidden="true">{kept[rule] ? '✓' : '•'}</span> {t(`register.rule.${rule}`)}
              {kept[rule] && (
                <span className="ds-u-visibility--screen-reader"> {t('register.rule.kept')}</span>
              )}
            </li>
          ))}
        </ul>
      </div>
      <p className="ds-u-visibility--screen-reader" role="status">
        {value !== '' && open === 0 && t('register.rules.allKept')}
      </p>
      <Choice
        type="checkbox"
        size="small"
        name="show"
        value="show"
        label={t('signIn.show')}
        checked={shown}
        onChange={(event) => setShown(event.target.checked)}
      />
    </>
  );
}
