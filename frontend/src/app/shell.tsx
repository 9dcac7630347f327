import { Alert } from '@cmsgov/design-system';
import { lazy, Suspense, useEffect } from 'react';
import type { ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import { flash, useFlash } from './announcer';
import { Header } from './header';
import { HelpFooter } from './help-footer';
import { useSession } from './session-context';
import { displacedAnother } from './session-store';
import { SkipLink } from './skip-link';
import { useStore } from './store';

const DisplacedNotice = lazy(() =>
  import('../features/sign-in/displaced-notice').then((module) => ({
    default: module.DisplacedNotice,
  })),
);

function FlashRegion() {
  const said = useFlash();
  const [location] = useLocation();
  // A new message that is kept gets an address of its own, and is the same page still.
  const page = location.replace(/^(\/messages\/[^/]+\/new)\/[^/]+$/, '$1');
  useEffect(() => flash.pageChanged, [page]);
  // The region is always there, so that screen readers hear what appears in it.
  return (
    <div role="status" className="p-flash">
      {said && (
        <Alert variation="success" role="region" weight="lightweight">
          <p className="p-flat">
            {said.message} {said.link && <Link href={said.link.href}>{said.link.text}</Link>}
          </p>
        </Alert>
      )}
    </div>
  );
}

/** What is around every page of a person who is signed in. */
export function Shell({ children }: { children: ReactNode }) {
  const session = useSession();
  const displaced = useStore(displacedAnother);
  return (
    <div className="p-frame">
      <SkipLink />
      <Header />
      <main id="main" className="p-main p-wrap" tabIndex={-1}>
        <FlashRegion />
        <Suspense fallback={null}>{displaced && <DisplacedNotice />}</Suspense>
        {children}
      </main>
      <HelpFooter reader={session.membership?.role ?? 'staff'} />
    </div>
  );
}
