import '../../styles/register.css';
import '../../texts/register';
import { useTexts } from '../../texts/context';
import { PasswordField } from '../../ui/password-field';
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
  /** Where the portal asks for more than eight characters. */
  shortest?: number | undefined;
}

/** A new password, with the rules and which of them it keeps (CRD-1). */
export function NewPasswordField({ id, value, names, error, onChange, shortest }: Props) {
  const { t } = useTexts();
  const kept = rulesKept(value, names, shortest);
  const open = RULES.filter((rule) => !kept[rule]).length;
  return (
    <>
      <PasswordField
        id={id}
        label={t('register.password')}
        autoComplete="new-password"
        value={value}
        onChange={onChange}
        error={error}
        describedBy={`${id}-rules`}
      />
      <div id={`${id}-rules`} className="p-rules">
        <p className="p-flat">{t('register.rules')}</p>
        <ul className="p-rules__list">
          {RULES.map((rule) => (
            <li key={rule} className={kept[rule] ? 'p-rules__kept' : undefined}>
              <span aria-hidden="true">{kept[rule] ? '✓' : '•'}</span>{' '}
              {t(`register.rule.${rule}`, { shortest: shortest ?? 8 })}
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
    </>
  );
}
