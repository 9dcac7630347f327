import { Store } from './store';

/** The token of a mailed link, in this page's memory only. */
export const linkToken = new Store<string | null>(null);

/** Pages that mailed links lead to. */
export const LINK_PAGES = [
  '/register',
  '/reset',
  '/set-up',
  '/confirm-email',
  '/confirm-notice-address',
  '/nominate',
];

/** Pages that need no sign-in, and go before one that is there. */
export const PUBLIC_PAGES = [...LINK_PAGES, '/forgot', '/nominate/request', '/directory'];

interface Mark {
  linkTaken?: boolean;
}

/** Takes the token out of the address bar before anything else happens: no history, no bookmark keeps it (S-MAIL-02). */
export function takeLinkToken() {
  const { pathname, hash } = window.location;
  if (!LINK_PAGES.includes(pathname) || hash.length < 2) return;
  const mark: Mark = { linkTaken: true };
  window.history.replaceState(mark, '', pathname);
  linkToken.set(hash.slice(1));
}

/** Whether this page was opened by a link whose token a reload has lost. */
export function lostLinkToken(): boolean {
  const mark = window.history.state as Mark | null;
  return linkToken.get() === null && mark?.linkTaken === true;
}
