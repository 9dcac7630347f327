/** Shapes of waves (ORG-2). Ids are opaque, times UTC, dates days of the plan's calendar. */
import type { components } from '../../api/schema';

type Schemas = components['schemas'];

export type Wave = Schemas['WaveView'];
export type WaveState = Wave['state'];
export type NewWave = Schemas['NewWaveBody'];
export type WavePatch = Schemas['WaveEditBody'];
export type WaveOrganization = Schemas['WaveOrganizationView'];

/** How many practices go into a wave at once. */
export const MOST_MOVED = 25;
