import type { Problem } from '../../api/types';

/** Whether a refusal means: what the page shows of a proposal is no longer so, or it is not there any more (ORG-9). */
export const isGone = ({ status, code }: Pick<Problem, 'status' | 'code'>): boolean =>
  status === 404 || code === 'changed_meanwhile' || code === 'organization_closed';
