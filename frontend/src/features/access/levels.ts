import type { AccessLevel } from '../../api/types';

/** In the order of the cards. */
export const LEVELS: readonly AccessLevel[] = [
  'authorizations',
  'claims',
  'eligibility',
  'health_records',
  'assessments',
  'health_passport',
  'manage_account',
];

export const levelOf = (text: string) => LEVELS.find((level) => level === text);

export const featurePath = (level: string) => `/features/${encodeURIComponent(level)}`;
