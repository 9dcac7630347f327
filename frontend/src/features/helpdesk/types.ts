/** Short names for the shapes of the helpdesk's cases (CRD-5). Ids are opaque, times UTC. */
import type { components } from '../../api/schema';

type Schemas = components['schemas'];

export type ResetCase = Schemas['CaseView'];
export type CaseState = ResetCase['state'];
export type FoundPerson = Schemas['FoundView'];
/** Without a membership for an account of the plan's staff. */
export type NewCase = Required<Schemas['CaseBody']>;
