import { Choice } from '@cmsgov/design-system';
import type { ReactNode } from 'react';
import { useTexts } from '../../texts/context';
import { GRANTED_LEVELS } from './types';
import type { GrantedLevel, Level, Role } from './types';

interface GroupProps {
  id: string;
  legend: string;
  hint?: string | undefined;
  error?: string | undefined;
  children: ReactNode;
}

/** Choices under one name; it takes the focus from the summary of errors. */
export function ChoiceGroup({ id, legend, hint, error, children }: GroupProps) {
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ');
  return (
    <fieldset
      id={id}
      tabIndex={-1}
      className={`p-group ${error ? 'p-field--error' : ''}`}
      aria-describedby={described || undefined}
    >
      <legend className="ds-c-label">{legend}</legend>
      {hint && (
        <p className="ds-c-hint p-flat" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {error && (
        <p className="ds-c-inline-error p-flat" id={`${id}-error`}>
          {error}
        </p>
      )}
      {children}
    </fieldset>
  );
}

interface LevelsProps {
  id: string;
  /** Those that are ticked. */
  held: readonly Level[];
  /** Those that the practice may grant (ORG-7). */
  entitled: readonly Level[];
  /** Ticked already, so they may stay although the practice is no longer entitled to them. */
  before?: readonly Level[];
  /** Shown read-only, because it follows the role (ACC-5). */
  managesAccount?: boolean;
  error?: string | undefined;
  onToggle: (level: GrantedLevel, held: boolean) => void;
}

export function LevelsField(props: LevelsProps) {
  const { id, held, entitled, before = [], managesAccount, error, onToggle } = props;
  const { t } = useTexts();
  const offered = GRANTED_LEVELS.filter(
    (level) => entitled.includes(level) || before.includes(level),
  );
  return (
    <ChoiceGroup id={id} legend={t('users.levels')} error={error}>
      {offered.length === 0 && <p className="p-flat">{t('users.level.none')}</p>}
      <div className="p-group__columns">
        {offered.map((level) => (
          <Choice
            key={level}
            type="checkbox"
            name={`${id}-${level}`}
            value={level}
            label={t(`users.level.${level}`)}
            hint={t(
              entitled.includes(level) ? `users.level.about.${level}` : 'users.level.notEntitled',
            )}
            checked={held.includes(level)}
            onChange={(event) => onToggle(level, event.target.checked)}
          />
        ))}
        {managesAccount !== undefined && (
          <Choice
            type="checkbox"
            name={`${id}-manage_account`}
            value="manage_account"
            label={t('users.level.manage_account')}
            hint={t('users.level.about.manage_account')}
            checked={managesAccount}
            disabled
          />
        )}
      </div>
    </ChoiceGroup>
  );
}

interface RoleProps {
  id: string;
  role: Role;
  roles: readonly Role[];
  error?: string | undefined;
  onChange: (role: Role) => void;
}

export function RoleField({ id, role, roles, error, onChange }: RoleProps) {
  const { t } = useTexts();
  return (
    <ChoiceGroup id={id} legend={t('users.role')} error={error}>
      {roles.map((each) => (
        <Choice
          key={each}
          type="radio"
          name={id}
          value={each}
          label={t(`users.role.${each}`)}
          hint={t(`users.role.about.${each}`)}
          checked={role === each}
          onChange={() => onChange(each)}
        />
      ))}
    </ChoiceGroup>
  );
}
