import '../../styles/credentials.css';
import '../../styles/register.css';
import '../../texts/credentials';
import '../../texts/register';
import { lazy, useEffect } from 'react';
import type { ReactNode } from 'react';
import { LINK_PAGES, linkToken, lostLinkToken } from '../../app/link-token';
import { useStore } from '../../app/store';
import { DIRECTORY } from '../directory/paths';
import { NOMINATE, REQUEST } from '../nominate/paths';
import { ConfirmPage } from '../recovery/confirm-page';
import { ForgotPage } from '../recovery/forgot-page';
import { RecoveryPage } from '../recovery/recovery-page';
import { SetUpPage } from '../recovery/set-up-page';
import { AskPage } from './ask-page';
import { CompletePage } from './complete-page';
import { LinkGone } from './link-gone';

const NominatePages = lazy(() =>
  import('../nominate/nominate-pages').then((module) => ({ default: module.NominatePages })),
);

const DirectoryPage = lazy(() =>
  import('../directory/directory-page').then((module) => ({ default: module.DirectoryPage })),
);

function pageOf(path: string, token: string | null): ReactNode {
  // Another link in the same window is another page.
  switch (path) {
    case '/forgot':
      return <ForgotPage />;
    case '/reset':
      return token ? <RecoveryPage key={token} token={token} /> : <LinkGone kind="reset" />;
    case '/set-up':
      return token ? <SetUpPage key={token} token={token} /> : <LinkGone kind="setUp" />;
    case '/confirm-email':
      return token ? (
        <ConfirmPage key={token} token={token} kind="email" />
      ) : (
        <LinkGone kind="email" />
      );
    case '/confirm-notice-address':
      return token ? (
        <ConfirmPage key={token} token={token} kind="notices" />
      ) : (
        <LinkGone kind="notices" />
      );
    case DIRECTORY:
      return <DirectoryPage />;
    case NOMINATE:
    case REQUEST:
      return <NominatePages path={path} token={token} />;
    default:
      return token ? <CompletePage key={token} token={token} /> : <AskPage />;
  }
}

/** The pages that need no sign-in and that mailed links lead to; loaded when one of them is opened. */
export function LinkPages({ path }: { path: string }) {
  const token = useStore(linkToken);
  // Whoever comes back later comes without a link.
  useEffect(() => () => linkToken.set(null), []);
  if (LINK_PAGES.includes(path) && lostLinkToken()) return <LinkGone lost />;
  return pageOf(path, token);
}
