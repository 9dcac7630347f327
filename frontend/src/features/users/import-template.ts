import { quietly } from '../../app/leave-guard';
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

export const isColumn = (name: string): name is Column => COLUMNS.some((column) => column === name);

/** What belongs into a column. */
export const columnText = (t: Texts['t'], column: Column) =>
  t(`users.import.column.${column}`, { levels: GRANTED_LEVELS.join(', ') });

const EXAMPLE = [
  'Maria Example',
  'maria.example@practice.example',
  '555-010-0123',
  'general_user',
  GRANTED_LEVELS.slice(1, 3).join(';'),
  '',
  '',
];

/** The template: the heading row and one made-up person. The mark at its start lets spreadsheets see UTF-8. */
export const template = () => `\uFEFF${COLUMNS.join(',')}\r\n${EXAMPLE.join(',')}\r\n`;

/** Made in the browser, so nothing has to be asked for. */
export function downloadTemplate() {
  const url = URL.createObjectURL(new Blob([template()], { type: 'text/csv;charset=utf-8' }));
  const anchor = document.createElement('a');
  anchor.href = url;
  anchor.download = 'users-template.csv';
  quietly(() => anchor.click());
  URL.revokeObjectURL(url);
}
