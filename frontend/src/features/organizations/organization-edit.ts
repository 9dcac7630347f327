import type { TextKey } from '../../texts';
import type { Level } from '../users/types';
import type { RequestedOrganization } from '../nominations/requested';
import { isNpi, isTin, npisOf, tinOf } from './numbers';
import type { NewOrganization, Organization, OrganizationPatch } from './types';

/** What is typed about a practice; NPIs as they stand in their field. */
export interface Typed {
  name: string;
  tin: string;
  npis: string;
  executive_name: string;
  executive_email: string;
  relations_contact: string;
  entitlements: Level[];
  wave_id: string | null;
}

/** A practice that is being created, perhaps because somebody asked for it on the public page (ORG-1). */
export interface Draft extends Typed {
  request_id?: string;
}

export const NOTHING: Typed = {
  name: '',
  tin: '',
  npis: '',
  executive_name: '',
  executive_email: '',
  relations_contact: '',
  entitlements: [],
  wave_id: null,
};

/** A form as it begins from a practice's own request. */
export const fromRequest = ({ request_id, npis, ...told }: RequestedOrganization): Draft => ({
  ...NOTHING,
  ...told,
  npis: npis.join('\n'),
  request_id,
});

/** The fields of the API, for what it says about each. */
export const FIELDS = [
  'name',
  'tin',
  'npis',
  'executive_name',
  'executive_email',
  'relations_contact',
  'entitlements',
  'wave_id',
] as const;
export type Field = (typeof FIELDS)[number];

export const bodyOf = (typed: Typed): NewOrganization => ({
  name: typed.name.trim(),
  tin: tinOf(typed.tin),
  npis: npisOf(typed.npis),
  executive_name: typed.executive_name.trim(),
  executive_email: typed.executive_email.trim(),
  relations_contact: typed.relations_contact.trim(),
  entitlements: [...typed.entitlements],
  wave_id: typed.wave_id,
});

/** A problem that is seen before anything is sent, by its field. */
export type Wrong = Partial<Record<Field, { text: TextKey; npis?: string }>>;

export function wrongIn(typed: Typed, { withTin }: { withTin: boolean }): Wrong {
  const body = bodyOf(typed);
  const bad = body.npis.filter((npi) => !isNpi(npi));
  return {
    ...(body.name === '' && { name: { text: 'organizations.missing.name' } }),
    ...(withTin && !isTin(body.tin) && { tin: { text: 'organizations.wrong.tin' } }),
    ...(bad.length > 0 && { npis: { text: 'organizations.wrong.npis', npis: bad.join(', ') } }),
  };
}

/** A practice as its fields show it. */
export const typedOf = (organization: Organization): Typed => ({
  name: organization.name,
  tin: organization.tin,
  npis: organization.npis.join('\n'),
  executive_name: organization.executive_name,
  executive_email: organization.executive_email,
  relations_contact: organization.relations_contact,
  entitlements: [...organization.entitlements],
  wave_id: organization.wave?.id ?? null,
});

const same = (some: readonly string[], other: readonly string[]) =>
  some.length === other.length && some.every((value) => other.includes(value));

/** Only what differs from what the portal last told, so that it overwrites nothing else; null when nothing does. */
export function patchOf(organization: Organization, typed: Typed): OrganizationPatch | null {
  const before = bodyOf(typedOf(organization));
  const after = bodyOf(typed);
  const patch: OrganizationPatch = {
    ...(after.name !== before.name && { name: after.name }),
    ...(!same(after.npis, before.npis) && { npis: after.npis }),
    ...(after.executive_name !== before.executive_name && { executive_name: after.executive_name }),
    ...(after.executive_email !== before.executive_email && {
      executive_email: after.executive_email,
    }),
    ...(after.relations_contact !== before.relations_contact && {
      relations_contact: after.relations_contact,
    }),
    ...(!same(after.entitlements, before.entitlements) && { entitlements: after.entitlements }),
    ...(after.wave_id !== before.wave_id && { wave_id: after.wave_id }),
  };
  return Object.keys(patch).length > 0 ? patch : null;
}

/** What is typed, of the fields that were touched; all others are as the practice is now. */
export const shownOf = (organization: Organization, edit: Partial<Typed>): Typed => ({
  ...typedOf(organization),
  ...edit,
});

/** Of what was typed, what is still unsaved about a practice as it is now; null when nothing is. */
export function settled(organization: Organization, edit: Partial<Typed>): Partial<Typed> | null {
  const now = typedOf(organization);
  const left = Object.fromEntries(
    Object.entries(edit).filter(([field, value]) => {
      const known = now[field as Field];
      return Array.isArray(value) && Array.isArray(known) ? !same(value, known) : value !== known;
    }),
  );
  return Object.keys(left).length > 0 ? left : null;
}
