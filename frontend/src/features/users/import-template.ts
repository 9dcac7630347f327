import type { Texts } from '../../texts/context';
import { GRANTED_LEVELS } from './types';

/** The columns of the file; the last four may be left out. */
export const COLUMNS = [
  'name',
  'email',
  'phone',
  'role',
  'access_levels',
  'providers',
  'one_person',
] as const;

type Column = (typeof COLUMNS)[number];

/** What belongs into a column. */
export const columnText = (t: Texts['t'], column: string) =>
  t(`users.import.column.${column as Column}`, { levels: GRANTED_LEVELS.join(', ') });

const EXAMPLE = [
  'Maria Example',
  'maria.example@practice.example',
  '555-010-0123',
  'general_user',
  GRANTED_LEVELS.slice(1, 3).join(';'),
  '',
  '',
];

/** The template: the heading row and one made-up person. */
export const TEMPLATE = [COLUMNS, EXAMPLE];
