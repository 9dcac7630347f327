import type { Problem } from '../../api/types';

/** What waits for enrollment comes first (ORG-1). */
export const PLACES = ['to_verify', 'out', 'ended'] as const;
export type Place = (typeof PLACES)[number];

/** Which nominations are listed: from the address, which anybody may have written. */
export const placeIn = (search: string): Place => {
  const given = new URLSearchParams(search).get('state');
  return PLACES.find((place) => place === given) ?? 'to_verify';
};

/** Whether a refusal means: somebody else was faster, and nothing was done. */
export const isChanged = ({ status, code }: Pick<Problem, 'status' | 'code'>): boolean =>
  status === 412 ||
  code === 'changed_meanwhile' ||
  (status === 409 && code.startsWith('nomination_'));
