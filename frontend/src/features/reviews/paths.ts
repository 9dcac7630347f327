export const REVIEWS = '/reviews';
export const EVERYONE = '/reviews?who=everyone';
export const DECISIONS = '/reviews/decisions';
/** The decisions of one practice, for the plan (REV-5). */
export const decisionsOf = (organizationId: string) =>
  `${DECISIONS}/${encodeURIComponent(organizationId)}`;
