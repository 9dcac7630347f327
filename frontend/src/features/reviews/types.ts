/** Short names for the shapes of access reviews (REV-1 to REV-5). Ids are opaque, times UTC. */
import type { components } from '../../api/schema';

type Schemas = components['schemas'];

export type Reviews = Schemas['ReviewsView'];
export type Progress = Schemas['Progress'];
export type Card = Schemas['CardView'];
/** What a card showed to whoever decided. */
export type Shown = Schemas['Shown'];
/** What came of a decision. */
export type After = Schemas['After'];
export type CardChange = Schemas['CardChange'];
export type DecisionBody = Schemas['DecisionBody'];
export type Decided = Schemas['DecidedView'];
export type Evidence = Schemas['Evidence'];

export type Verdict = DecisionBody['decision'];
export type Who = 'open' | 'everyone';
