import type { Kind } from './calls';

export const KINDS: readonly Kind[] = ['user', 'organization', 'thread'];

/** The conversation that is meant, by its id or by the address of its page; what is neither stays as it is. */
export const threadIn = (typed: string): string => /thr_[a-z0-9]+/.exec(typed)?.[0] ?? typed.trim();

/** What is meant by what was typed, as the portal takes it: a TIN also with its dash. */
export function subjectIn(kind: Kind, typed: string): string {
  if (kind === 'thread') return threadIn(typed);
  const trimmed = typed.trim();
  const digits = trimmed.replace(/[-\s]/g, '');
  return kind === 'organization' && /^\d{9}$/.test(digits) ? digits : trimmed;
}
