/** Short names for the shapes of nominations (ORG-1). Ids are opaque, times UTC. */
import type { components } from '../../api/schema';

type Schemas = components['schemas'];

export type NominationRow = Schemas['Waits'];
export type Nomination = Schemas['NominationView'];
export type NominationState = Nomination['state'];
export type SignedForm = NonNullable<Nomination['form']>;
export type Verification = NonNullable<Nomination['verification']>;
export type Round = Nomination['rounds'][number];
export type FormRequest = Schemas['NominationRequestView'];
