/** Shapes of the public directory and its requests (ORG-6). */
import type { components } from '../../api/schema';

type Schemas = components['schemas'];

export type HasAdministrator = Schemas['DirectoryView']['administrator'];
export type NewDirectoryRequest = Required<Schemas['DirectoryRequestBody']>;
export type DirectoryRequest = Schemas['DirectoryRequestView'];
