import { Button, Dialog } from '@cmsgov/design-system';
import { useEffect } from 'react';
import type { AroundNavHandler } from 'wouter';
import { useTexts } from '../texts/context';
import { Store, useStore } from './store';

/** What is lost by leaving: a message that was not sent, or changes that were not saved. */
type Work = 'message' | 'changes';

/** What a page that holds unsent work says about it. */
interface Guard {
  work: Work;
  path: string;
  holdsWork: () => boolean;
  discard: () => void;
  /** Keeps the work elsewhere, so that nobody need be asked; answers whether it could. */
  keep?: (() => Promise<boolean>) | undefined;
}

let guard: Guard | null = null;
let quietUntil = 0;
const pending = new Store<null | { work: Work; go: () => void }>(null);

const isGuarded = () => guard?.holdsWork() === true;

/** Longer than this nobody is held back by keeping; then they are asked. */
const KEEPING_MS = 5_000;
let keeping = false;

const late = () =>
  new Promise<boolean>((resolve) => window.setTimeout(() => resolve(false), KEEPING_MS));

function keepOrAsk({ work, keep }: Guard, go: () => void) {
  if (!keep) {
    pending.set({ work, go });
    return;
  }
  if (keeping) return;
  keeping = true;
  void Promise.race([keep(), late()]).then((kept) => {
    keeping = false;
    if (kept) go();
    else pending.set({ work, go });
  });
}

/** Keeps unsent work, or asks, before `go`; without any it goes at once. */
export function leaveSafely(go: () => void) {
  if (guard && isGuarded()) keepOrAsk(guard, go);
  else go();
}

/** Starting a download is a navigation to the browser, yet nothing is lost by it. */
export function quietly(action: () => void) {
  quietUntil = Date.now() + 3000;
  action();
}

export function useLeaveGuard(
  holdsWork: () => boolean,
  discard: () => void,
  work: Work = 'message',
  keep?: () => Promise<boolean>,
) {
  useEffect(() => {
    const mine: Guard = { work, path: window.location.pathname, holdsWork, discard, keep };
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
export function installBackGuard(unsafeAnywhere: () => boolean) {
  window.addEventListener('popstate', (event) => {
    const { pathname } = window.location;
    if (!guard || !isGuarded() || pathname === guard.path) return;
    event.stopImmediatePropagation();
    window.history.pushState(null, '', guard.path);
    keepOrAsk(guard, () => window.history.back());
  });
  window.addEventListener('beforeunload', (event) => {
    if (unsafeAnywhere() && Date.now() > quietUntil) event.preventDefault();
  });
}

export function LeaveDialog() {
  const { t } = useTexts();
  const question = useStore(pending);
  const changes = question?.work === 'changes';
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
      heading={t(changes ? 'leave.titleChanges' : 'leave.title')}
      actions={
        <div className="p-actions">
          <Button variation="solid" onClick={stay}>
            {t(changes ? 'leave.stayChanges' : 'leave.stay')}
          </Button>
          <Button className="p-button--danger" onClick={leave}>
            {t('leave.discard')}
          </Button>
        </div>
      }
    >
      <p>{t(changes ? 'leave.bodyChanges' : 'leave.body')}</p>
    </Dialog>
  );
}
