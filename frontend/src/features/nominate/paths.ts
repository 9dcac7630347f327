/** Where a mailed form is signed. */
export const NOMINATE = '/nominate';
/** Where a practice that is not yet known asks for one. */
export const REQUEST = '/nominate/request';
