/** Shapes of features in phases (ORG-8). */
import type { components } from '../../api/schema';

type Schemas = components['schemas'];

export type ScopePhases = Schemas['PhasesView'];
export type FeaturePhase = Schemas['FeaturePhaseView'];
export type Feature = FeaturePhase['feature'];
export type PhaseBody = Required<Schemas['PhaseBody']>;
/** Scopes that are exceptions from the whole plan. */
export type Exceptional = Exclude<ScopePhases['scope'], 'plan'>;

export const PLAN = 'plan';
