/** Short names for the shapes of nomination forms (ORG-1). Times are UTC. */
import type { components } from '../../api/schema';

type Schemas = components['schemas'];

/** A form as its link shows it. */
export type FormToSign = Schemas['FormView'];
export type NewRequest = Schemas['NominationRequestBody'];
