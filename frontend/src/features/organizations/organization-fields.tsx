import { Choice, TextField } from '@cmsgov/design-system';
import { useTexts } from '../../texts/context';
import type { Texts } from '../../texts/context';
import type { Level } from '../users/types';
import { ChoiceGroup } from '../users/choice-fields';
import { GRANTED_LEVELS } from '../users/types';
import { WaveField } from '../waves/wave-field';
import { toggled } from '../staff/staff-edit';
import type { Field, Typed, Wrong } from './organization-edit';

const EXECUTIVE = [
  ['executive_name', 'text', 'organizations.executiveName', null],
  ['executive_email', 'email', 'organizations.executiveEmail', 'organizations.executiveEmailHint'],
] as const;

export const fieldId = (field: string) => `organization-${field}`;

/** What is seen to be wrong before anything is sent, in words. */
export const wordsOf = (t: Texts['t'], wrong: Wrong): Record<string, string> =>
  Object.fromEntries(
    Object.entries(wrong).map(([field, { text, npis }]) => [field, t(text, { npis: npis ?? '' })]),
  );

interface Props {
  typed: Typed;
  /** A practice that exists keeps its TIN: two people change it (ORG-9). */
  withTin: boolean;
  /** The wave that the practice is in already. */
  wave: { id: string; name: string } | null;
  errors: Readonly<Record<string, string>>;
  onChange: (part: Partial<Typed>) => void;
}

type LineProps = Pick<Props, 'typed' | 'errors' | 'onChange'> & {
  field: Exclude<Field, 'entitlements' | 'wave_id'>;
  label: string;
  hint?: string | undefined;
  type?: string;
  required?: boolean;
  numeric?: boolean;
};

function Line({ typed, errors, onChange, field, label, hint, type, required, numeric }: LineProps) {
  return (
    <TextField
      id={fieldId(field)}
      name={field}
      type={type ?? 'text'}
      label={label}
      hint={hint}
      className="p-field"
      autoComplete="off"
      spellCheck={false}
      {...(numeric ? { inputMode: 'numeric' as const } : {})}
      value={typed[field]}
      onChange={(event: { target: HTMLInputElement }) => onChange({ [field]: event.target.value })}
      errorMessage={errors[field]}
      aria-required={required ?? false}
    />
  );
}

function PracticeFields({ typed, withTin, errors, onChange }: Props) {
  const { t } = useTexts();
  const line = { typed, errors, onChange };
  return (
    <section className="p-card" aria-labelledby="organization-practice">
      <h2 id="organization-practice" className="ds-text-heading--lg p-flat" tabIndex={-1}>
        {t('organizations.practice')}
      </h2>
      <Line {...line} field="name" label={t('organizations.name')} required />
      {withTin && (
        <Line
          {...line}
          field="tin"
          label={t('organizations.tin')}
          hint={t('organizations.tinHint')}
          required
          numeric
        />
      )}
      <TextField
        id={fieldId('npis')}
        name="npis"
        label={t('organizations.npis')}
        hint={t('organizations.npisHint')}
        className="p-field"
        multiline
        rows={3}
        autoComplete="off"
        spellCheck={false}
        value={typed.npis}
        onChange={(event: { target: HTMLTextAreaElement }) =>
          onChange({ npis: event.target.value })
        }
        errorMessage={errors['npis']}
      />
      <Line
        {...line}
        field="relations_contact"
        label={t('organizations.contact')}
        hint={t('organizations.contactHint')}
      />
    </section>
  );
}

/** All that enrollment states about a practice (ORG-1, ORG-2, ORG-7). */
export function OrganizationFields(props: Props) {
  const { typed, wave, errors, onChange } = props;
  const { t } = useTexts();
  return (
    <>
      <PracticeFields {...props} />
      <section className="p-card" aria-labelledby="organization-executive">
        <h2 id="organization-executive" className="ds-text-heading--lg p-flat">
          {t('organizations.executive')}
        </h2>
        <p className="p-flat">{t('organizations.executiveBody')}</p>
        {EXECUTIVE.map(([field, type, label, hint]) => (
          <Line
            key={field}
            typed={typed}
            errors={errors}
            onChange={onChange}
            field={field}
            type={type}
            label={t(label)}
            hint={hint ? t(hint) : undefined}
          />
        ))}
      </section>
      <section className="p-card" aria-labelledby="organization-allowed">
        <h2 id="organization-allowed" className="ds-text-heading--lg p-flat">
          {t('organizations.allowed')}
        </h2>
        <ChoiceGroup
          id={fieldId('entitlements')}
          legend={t('organizations.entitlements')}
          hint={t('organizations.entitlementsHint')}
          error={errors['entitlements']}
        >
          <div className="p-group__columns">
            {GRANTED_LEVELS.map((level) => (
              <Choice
                key={level}
                type="checkbox"
                name={fieldId(`entitlements-${level}`)}
                value={level}
                label={t(`users.level.${level}`)}
                checked={typed.entitlements.includes(level)}
                onChange={(event) =>
                  onChange({
                    entitlements: toggled<Level>(typed.entitlements, level, event.target.checked),
                  })
                }
              />
            ))}
          </div>
        </ChoiceGroup>
        <WaveField
          id={fieldId('wave_id')}
          value={typed.wave_id}
          known={wave}
          error={errors['wave_id']}
          onChange={(wave_id) => onChange({ wave_id })}
        />
      </section>
    </>
  );
}
