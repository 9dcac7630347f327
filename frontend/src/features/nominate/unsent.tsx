import { useEffect } from 'react';
import { LeaveDialog, useLeaveGuard } from '../../app/leave-guard';

/** Asks before what was typed is lost: by a link or the Back button, by a reload or by another address. */
export function Unsent({ when }: { when: boolean }) {
  useLeaveGuard(
    () => when,
    () => undefined,
    'changes',
  );
  useEffect(() => {
    if (!when) return undefined;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [when]);
  return <LeaveDialog />;
}
