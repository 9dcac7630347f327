export const OVERVIEW = '/review-overview';
export const SUSPECT = '/review-overview/suspect';
export const ADMINISTRATORS = '/review-overview/administrators';
