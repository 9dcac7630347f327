import type { Party } from '../../api/types';
import type { Texts } from '../../texts/context';

/** A party as people call it; groups are known by their practice (MSG-1). */
export function partyName(t: Texts['t'], { kind, name }: Party): string {
  return kind === 'administrators' || kind === 'everybody'
    ? t(`thread.group.${kind}`, { name })
    : name;
}

export const partyNames = (t: Texts['t'], parties: readonly Party[]) =>
  parties.map((party) => partyName(t, party)).join('; ');
