/** Shapes of practices as enrollment keeps them (ORG-1, ORG-4, ORG-7, ORG-9). Ids are opaque, times UTC. */
import type { components } from '../../api/schema';

type Schemas = components['schemas'];

export type OrganizationRow = Schemas['OrganizationRow'];
export type Organization = Schemas['OrganizationView'];
export type Onboarding = Organization['onboarding'];
export type OnboardingAdministrator = Onboarding['administrators'][number];
export type NewOrganization = Required<Schemas['NewOrganization']>;
export type OrganizationPatch = Schemas['OrganizationBody'];
/** What waits for a second person of enrollment. */
export type OrganizationChange = Schemas['ProposalView'];
export type ChangeKind = OrganizationChange['kind'];
export type NewChange = Schemas['ChangeBody'];
export type SeatPerson = Schemas['SeatPerson'];

export const CHANGE_KINDS: readonly ChangeKind[] = ['tin', 'merge', 'close'];
