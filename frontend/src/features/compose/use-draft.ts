import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { flash } from '../../app/announcer';
import { useLeaveGuard } from '../../app/leave-guard';
import { useTexts } from '../../texts/context';
import { resumeFiles } from '../attachments/uploads';
import { follow, Keeper } from '../drafts/keeping';
import type { About } from '../drafts/shapes';
import { drafts, isEmpty } from './draft-store';
import type { Draft } from './draft-store';

/**
 * The unsent work under this key, kept at the portal while it is written (MSG-2), and guarded against leaving the page
 * before that. `about` tells of a reply or a forwarding what it belongs to; it must not change while the form is open.
 */
export function useDraft(mailboxId: string, key: string, about: About | null = null) {
  const { t } = useTexts();
  const draft = useSyncExternalStore(drafts.subscribe, () => drafts.get(key));
  const keeper = useMemo(
    () => new Keeper({ mailboxId, draftKey: key, about }),
    // The ids say it all; the object is a new one each time.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [mailboxId, key, about?.mode, about?.messageId],
  );
  useLeaveGuard(
    () => !isEmpty(drafts.get(key)) || drafts.get(key).kept !== null,
    () => drafts.drop(key),
    'message',
    async () => {
      const empty = isEmpty(drafts.get(key));
      const kept = await keeper.leave();
      if (kept && !empty) flash.onNextPage(t('drafts.keptFlash'));
      return kept;
    },
  );
  useEffect(() => follow(keeper), [keeper]);
  useEffect(() => resumeFiles(mailboxId, key), [mailboxId, key]);
  const update = (part: Partial<Draft>) =>
    drafts.update(key, (current) => ({ ...current, ...part }));
  return { draft, update, keeper };
}
