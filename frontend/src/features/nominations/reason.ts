import { lengthOf } from '../compose/check-draft';

export const MAX_REASON = 1000;

/** What is wrong with what an executive shall read, or null. */
export function reasonProblem(reason: string): 'missing' | 'long' | null {
  if (reason.trim() === '') return 'missing';
  return lengthOf(reason.trim()) > MAX_REASON ? 'long' : null;
}
