import type { Texts } from '../../texts/context';
import { LEVELS } from './types';
import type { Level } from './types';

/** Access levels in words, always in the same order. */
export function levelsText(t: Texts['t'], levels: readonly Level[]): string {
  const held = LEVELS.filter((level) => levels.includes(level));
  return held.map((level) => t(`users.level.${level}`)).join(', ') || t('users.none');
}
