import { createContext, useContext, useEffect, useRef } from 'react';
import { keptEdits } from '../../app/kept-edits';
import { useLeaveGuard } from '../../app/leave-guard';

/** Under this key the unsaved details outlive the end of a session; passwords and answers never do. */
export const KEPT = 'profile';

type Mark = (section: string, holds: boolean) => void;
export const UnsavedContext = createContext<Mark>(() => undefined);

/**
 * For the page: asks before leaving while any section holds something that was not saved. `kept` is the key of what
 * outlives the end of a session.
 */
export function useUnsaved(kept: string = KEPT): Mark {
  const held = useRef(new Set<string>());
  useLeaveGuard(
    () => keptEdits.get(kept) !== undefined || held.current.size > 0,
    () => {
      keptEdits.drop(kept);
      held.current.clear();
    },
    'changes',
  );
  return useRef<Mark>((section, holds) => {
    if (holds) held.current.add(section);
    else held.current.delete(section);
  }).current;
}

/** For a section whose content is kept nowhere but in its own form. */
export function useHolds(section: string, holds: boolean) {
  const mark = useContext(UnsavedContext);
  useEffect(() => {
    mark(section, holds);
    return () => mark(section, false);
  }, [mark, section, holds]);
}
