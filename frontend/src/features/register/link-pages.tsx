import '../../styles/register.css';
import '../../texts/register';
import { useEffect } from 'react';
import { linkToken, lostLinkToken } from '../../app/link-token';
import { useStore } from '../../app/store';
import { ResetPage } from '../reset/reset-page';
import { AskPage } from './ask-page';
import { CompletePage } from './complete-page';
import { LinkGone } from './link-gone';

/** The pages that need no sign-in and that mailed links lead to; loaded when one of them is opened. */
export function LinkPages({ path }: { path: string }) {
  const token = useStore(linkToken);
  // Whoever comes back later comes without a link.
  useEffect(() => () => linkToken.set(null), []);
  if (lostLinkToken()) return <LinkGone lost />;
  // Another link in the same window is another page.
  if (path === '/reset') return token ? <ResetPage key={token} token={token} /> : <LinkGone />;
  return token ? <CompletePage key={token} token={token} /> : <AskPage />;
}
