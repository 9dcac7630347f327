/** What people are told of shared sign-ins (ACC-10). */
import type { components } from '../../api/schema';

type Schemas = components['schemas'];

export type Signal = Schemas['Told'];
export type Reason = Signal['reasons'][number];
