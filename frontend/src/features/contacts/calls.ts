import { call } from '../../api/client';
import type { components } from '../../api/schema';

type Signal = AbortSignal | undefined;
type Schemas = components['schemas'];

export type Contacts = Schemas['ContactsView'];
export type ContactBody = Schemas['ContactBody'];
export type Topic = ContactBody['topic'];

export const TOPICS: readonly Topic[] = [
  'helpdesk',
  'enrollment',
  'credentialing',
  'portal',
  'network',
];

export const getContacts = (signal?: Signal) => call('get', '/plan/contacts', { signal });

export const putContacts = (version: number, contacts: ContactBody[]) =>
  call('put', '/plan/contacts', {
    header: { 'X-Portal-CSRF': '1', 'If-Match': `"${version}"` },
    body: { contacts },
  });
