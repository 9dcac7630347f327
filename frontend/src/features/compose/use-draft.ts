import { useEffect, useSyncExternalStore } from 'react';
import { useLeaveGuard } from '../../app/leave-guard';
import { resumeFiles } from '../attachments/uploads';
import { drafts, isEmpty } from './draft-store';
import type { Draft } from './draft-store';

/** The unsent work under this key, guarded against leaving the page by accident. */
export function useDraft(mailboxId: string, key: string) {
  const draft = useSyncExternalStore(drafts.subscribe, () => drafts.get(key));
  useLeaveGuard(
    () => !isEmpty(drafts.get(key)),
    () => drafts.drop(key),
  );
  useEffect(() => resumeFiles(mailboxId, key), [mailboxId, key]);
  const update = (part: Partial<Draft>) =>
    drafts.update(key, (current) => ({ ...current, ...part }));
  return { draft, update };
}
