/** The public page that says whether a practice has an administrator (ORG-6). */
export const DIRECTORY = '/directory';
/** Requests that came by it, for administrators and enrollment. */
export const DIRECTORY_REQUESTS = '/directory-requests';
