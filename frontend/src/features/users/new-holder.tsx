import { Choice, TextField } from '@cmsgov/design-system';
import { useEffect } from 'react';
import { useTexts } from '../../texts/context';
import { PERSON_FIELDS } from './new-user';
import type { NewHolder } from './types';

/** Where the API names what is wrong with the person. */
export const fieldOf = (name: string) => `new_person/${name}`;

export const NO_HOLDER: NewHolder = { name: '', email: '', phone: '', confirmed_person: false };

interface Props {
  person: NewHolder;
  /** Whether to ask if the account is one person's: it looks shared (ACC-2). */
  asks: boolean;
  idOf: (field: string) => string;
  errorOf: (field: string) => string | undefined;
  onChange: (part: Partial<NewHolder>) => void;
}

/** A new person who is invited for the local administrator's seat (ORG-5). */
export function NewHolderFields({ person, asks, idOf, errorOf, onChange }: Props) {
  const { t } = useTexts();
  const first = idOf(fieldOf('name'));
  useEffect(() => document.getElementById(first)?.focus(), [first]);
  return (
    <>
      <p className="p-flat">{t('users.handover.newPerson')}</p>
      {PERSON_FIELDS.map(({ name, type, label, hint }) => (
        <TextField
          key={name}
          id={idOf(fieldOf(name))}
          name={name}
          type={type}
          label={t(label)}
          hint={hint && t(hint)}
          className="p-field"
          autoComplete="off"
          spellCheck={false}
          value={person[name]}
          onChange={(event: { target: HTMLInputElement }) =>
            onChange({ [name]: event.target.value })
          }
          errorMessage={errorOf(fieldOf(name))}
          aria-required
        />
      ))}
      {asks && (
        <Choice
          type="checkbox"
          name="handover-one-person"
          value="yes"
          label={t('users.handover.onePerson')}
          hint={t('users.shared.why')}
          checked={person.confirmed_person ?? false}
          onChange={(event) => onChange({ confirmed_person: event.currentTarget.checked })}
        />
      )}
    </>
  );
}
