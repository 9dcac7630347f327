import type { Params, TextKey } from '../../texts';
import type { Nomination } from './types';

type Flags = Nomination['flags'];
type Flag = Extract<TextKey, `nominations.flag.${string}`>;

export interface ShownFlag {
  flag: Flag;
  params: Params;
}

const KEYS = [
  'is_staff',
  'names_executive',
  'looks_shared',
  'practice_name_differs',
  'tin_differs',
  'npis_differ',
  'other_executive_since',
  'executive_unreached',
  'has_sign_in',
  'member_here',
  'member_elsewhere',
] as const satisfies readonly (keyof Flags)[];

interface Known {
  name: string;
  tin: string;
  npis: readonly string[];
}

/** What stands out, what matters most first; `statusOf` says a member's status in words. */
export const flagsOf = (
  flags: Flags,
  { name, tin, npis }: Known,
  statusOf: (status: NonNullable<Flags['member_here']>) => string,
): readonly ShownFlag[] =>
  KEYS.filter((key) => Boolean(flags[key])).map((key) => ({
    flag: `nominations.flag.${key}`,
    params: {
      name,
      tin,
      npis: npis.join(', ') || '-',
      status: flags.member_here ? statusOf(flags.member_here) : '',
    },
  }));
