import { Button, Dialog } from '@cmsgov/design-system';
import { useEffect } from 'react';
import type { AroundNavHandler } from 'wouter';
import { useTexts } from '../texts/context';
import { Store, useStore } from './store';

/** What a page that holds unsent work says about it. */
interface Guard {
  path: string;
  holdsWork: () => boolean;
  discard: () => void;
}

let guard: Guard | null = null;
let quietUntil = 0;
const pending = new Store<null | { go: () => void }>(null);

const isGuarded = () => guard?.holdsWork() === true;

/** Asks before `go` when there is unsent work; otherwise goes at once. */
export function leaveSafely(go: () => void) {
  if (isGuarded()) pending.set({ go });
  else go();
}

/** Starting a download is a navigation to the browser, yet nothing is lost by it. */
export function quietly(action: () => void) {
  quietUntil = Date.now() + 3000;
  action();
}

export function useLeaveGuard(holdsWork: () => boolean, discard: () => void) {
  useEffect(() => {
    const mine: Guard = { path: window.location.pathname, holdsWork, discard };
    guard = mine;
    return () => {
      if (guard === mine) guard = null;
    };
  });
}

/** For links and programmatic navigation (wouter calls this around each). */
export const guardedNavigation: AroundNavHandler = (navigate, to, options) => {
  leaveSafely(() => navigate(to, options));
};

/**
 * The Back button has already changed the address when we hear of it: put the address back, then ask.
 * Must be installed before the router subscribes, so that the router does not see the first change.
 */
export function installBackGuard(unsentAnywhere: () => boolean) {
  window.addEventListener('popstate', (event) => {
    const { pathname } = window.location;
    if (!guard || !isGuarded() || pathname === guard.path) return;
    event.stopImmediatePropagation();
    window.history.pushState(null, '', guard.path);
    pending.set({ go: () => window.history.back() });
  });
  window.addEventListener('beforeunload', (event) => {
    if (unsentAnywhere() && Date.now() > quietUntil) event.preventDefault();
  });
}

export function LeaveDialog() {
  const { t } = useTexts();
  const question = useStore(pending);
  const stay = () => pending.set(null);
  const leave = () => {
    const go = question?.go;
    guard?.discard();
    pending.set(null);
    go?.();
  };
  return (
    <Dialog
      isOpen={question !== null}
      onExit={stay}
      size="narrow"
      heading={t('leave.title')}
      actions={
        <div className="p-actions">
          <Button variation="solid" onClick={stay}>
            {t('leave.stay')}
          </Button>
          <Button className="p-button--danger" onClick={leave}>
            {t('leave.discard')}
          </Button>
        </div>
      }
    >
      <p>{t('leave.body')}</p>
    </Dialog>
  );
}
