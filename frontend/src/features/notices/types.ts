/** Shapes of Communication Preferences (NOT-1). Times are UTC. */
import type { components } from '../../api/schema';

type Schemas = components['schemas'];

export type Notices = Schemas['NoticesView'];
export type CategoryNotice = Notices['categories'][number];
export type Category = CategoryNotice['category'];
export type Channel = CategoryNotice['channel'];
/** What was chosen and not saved yet. */
export type Choices = Partial<Record<Category, Channel>>;
