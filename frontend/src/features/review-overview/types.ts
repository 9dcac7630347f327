/** Shapes of the plan's side of access reviews (REV-1, REV-2, ORG-4). Ids are opaque, times UTC. */
import type { components } from '../../api/schema';

type Schemas = components['schemas'];

export type OverviewRow = Schemas['OverviewView'];
export type Practice = OverviewRow['organization'];
export type OpenPerson = Schemas['Person'];
export type ReviewCall = Schemas['CallView'];
export type NewCall = Schemas['CallBody'];
export type Suspect = Schemas['SuspectView'];
export type AdministratorReview = Schemas['AdministratorReviewView'];
export type AdministratorDecision = Schemas['AdministratorDecisionBody'];
export type Verdict = AdministratorDecision['decision'];

/** Which practices are shown; without one of these all are. */
export const STATES = ['late', 'open', 'without_administrator'] as const;
export type State = (typeof STATES)[number];
