import type { Side } from './calls';

export const HELPDESK = '/helpdesk';
export const RESETS = '/reset-cases';

export const listPath = (side: Side) => (side === 'helpdesk' ? HELPDESK : RESETS);
export const casePath = (side: Side, id: string) => `${listPath(side)}/${encodeURIComponent(id)}`;
