import type { Problem } from '../../api/types';

/** Used, ended, or something that never was a token. */
export const isGone = ({ code, errors }: Problem) =>
  code === 'link_expired' || (errors ?? []).some(({ pointer }) => pointer === '/token');
