import { useSyncExternalStore } from 'react';
import { useLeaveGuard } from './leave-guard';
import { Store } from './store';

/**
 * What was typed into forms and not saved yet, in this page's memory only: like an unsent message it outlives the
 * end of the session (CRD-8) but neither a reload, nor signing out, nor another person's signing in.
 */
class KeptEdits {
  private readonly store = new Store<ReadonlyMap<string, object>>(new Map());
  readonly subscribe = this.store.subscribe;

  get(key: string): object | undefined {
    return this.store.get().get(key);
  }

  put(key: string, edit: object) {
    this.store.set(new Map(this.store.get()).set(key, edit));
  }

  drop(key: string) {
    const map = new Map(this.store.get());
    if (map.delete(key)) this.store.set(map);
  }

  clear() {
    this.store.set(new Map());
  }

  any(): boolean {
    return this.store.get().size > 0;
  }
}

export const keptEdits = new KeptEdits();

/** The unsaved edit under this key, if there is one, guarded against leaving the page by accident. */
export function useKeptEdit<T extends object>(key: string) {
  const edit = useSyncExternalStore(keptEdits.subscribe, () => keptEdits.get(key)) as T | undefined;
  useLeaveGuard(
    () => keptEdits.get(key) !== undefined,
    () => keptEdits.drop(key),
    'changes',
  );
  return {
    edit,
    /** As it is now, which after a wait is not what was drawn. */
    latest: () => keptEdits.get(key) as T | undefined,
    keep: (next: T) => keptEdits.put(key, next),
    drop: () => keptEdits.drop(key),
  };
}
