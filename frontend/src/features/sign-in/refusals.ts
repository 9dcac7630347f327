import type { Problem } from '../../api/types';

/** Told after the right password only (S-AUTH-07): trying again is no use, somebody has to open the account. */
const SHUT = [
  'account_inactive',
  'account_suspended',
  'account_disabled',
  'staff_inactive',
  'staff_suspended',
  'no_membership',
];

export const isShut = ({ code }: Problem) => SHUT.includes(code);
