import type { Problem } from '../../api/types';
import type { TextKey } from '../../texts';
import type { FormerBecomes, GrantedLevel, NewMember } from './types';

/** What is typed for an account that is to be created (ACC-2). */
export interface NewUser {
  name: string;
  email: string;
  phone: string;
  role: FormerBecomes;
  access_levels: GrantedLevel[];
  providers: string[];
}

interface PersonField {
  name: 'name' | 'email' | 'phone';
  type: 'text' | 'email' | 'tel';
  label: TextKey;
  hint?: TextKey;
}

export const PERSON_FIELDS: readonly PersonField[] = [
  { name: 'name', type: 'text', label: 'users.name', hint: 'users.create.nameHint' },
  { name: 'email', type: 'email', label: 'users.workEmail' },
  { name: 'phone', type: 'tel', label: 'users.phone', hint: 'users.create.phoneHint' },
];

export const FIELDS = ['name', 'email', 'phone', 'role', 'access_levels', 'providers'];

/** New accounts start with no access level ticked. */
export const nobody = (role: FormerBecomes): NewUser => ({
  name: '',
  email: '',
  phone: '',
  role,
  access_levels: [],
  providers: [],
});

export const missingIn = (person: NewUser) =>
  PERSON_FIELDS.map(({ name }) => name).filter((name) => person[name].trim() === '');

export const bodyOf = (person: NewUser, confirmed_person: boolean): NewMember => ({
  ...person,
  name: person.name.trim(),
  email: person.email.trim(),
  phone: person.phone.trim(),
  confirmed_person,
});

/** Is the only thing in the way that the account looks shared? Then one answer settles it (ACC-2). */
export function looksShared({ errors }: Problem): boolean {
  return Boolean(errors?.length) && (errors ?? []).every(({ code }) => code === 'looks_shared');
}
