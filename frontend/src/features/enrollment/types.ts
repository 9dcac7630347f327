/** How far practices are (ORG-1, ORG-3). */
import type { components } from '../../api/schema';
import type { Onboarding } from '../organizations/types';

export type Standing = components['schemas']['StandingView'];
/** What a practice lacks first. */
export type Lack = Onboarding['lacks'];
/** Those that a list can be of: closed practices stand on none. */
export type ListedLack = Standing['lacks'];

/** In the order in which a practice gets over them. */
export const LACKS: readonly ListedLack[] = [
  'not_sent',
  'not_reached',
  'to_verify',
  'not_registered',
  'without_administrator',
  'no_backup',
  'no_users',
  'complete',
];
