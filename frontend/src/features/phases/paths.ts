/** Features in phases, as plan administrators keep them (ORG-8). */
export const PHASES = '/phases';
export const scopePath = (id: string) => `${PHASES}/${encodeURIComponent(id)}`;
