import { Button } from '@cmsgov/design-system';
import { useEffect, useRef } from 'react';
import type { BoxName } from '../../api/types';
import { flash } from '../../app/announcer';
import type { PluralKey } from '../../texts';
import { useTexts } from '../../texts/context';
import { ProblemAlert } from '../../ui/problem-alert';
import { useAction } from '../../ui/use-action';
import { useMessagesChanged } from './box-queries';
import { patchMessages } from './calls';
import type { Filing } from './calls';
import type { Selection } from './use-selection';

interface Props {
  mailboxId: string;
  box: BoxName;
  selection: Selection;
}

/** Files or marks all selected messages at once (MSG-3, MSG-5). */
export function BulkBar({ mailboxId, box, selection }: Props) {
  const { t, tn } = useTexts();
  const changed = useMessagesChanged(mailboxId);
  const { busy, problem, act } = useAction();
  const everything = useRef<HTMLInputElement>(null);
  const count = selection.ids.length;
  useEffect(() => {
    if (everything.current) everything.current.indeterminate = count > 0 && !selection.all;
  }, [count, selection.all]);

  const file = (done: PluralKey, filing: Filing) =>
    act(async () => {
      await patchMessages(mailboxId, selection.ids, filing);
      flash.here(tn(done, count));
      selection.clear();
      // The button goes with the selection.
      everything.current?.focus();
      await changed();
    });
  const button = (label: string, done: PluralKey, filing: Filing) => (
    <Button size="small" aria-disabled={busy} onClick={() => void file(done, filing)}>
      {label}
    </Button>
  );
  return (
    <div className="p-bulk" role="group" aria-label={t('messages.bulk')}>
      <label className="p-check">
        <input
          ref={everything}
          type="checkbox"
          checked={selection.all}
          onChange={selection.toggleAll}
        />
        {t('messages.selectAll')}
      </label>
      <span className="p-bulk__count" role="status">
        {count > 0 && tn('messages.selected', count)}
      </span>
      {count > 0 && (
        <div className="p-actions">
          {box === 'archived'
            ? button(t('thread.unarchive'), 'messages.done.inbox', { box: 'inbox' })
            : button(t('thread.archive'), 'messages.done.archived', { box: 'archived' })}
          {button(t('messages.markRead'), 'messages.done.read', { read: true })}
          {button(t('thread.markUnread'), 'messages.done.unread', { read: false })}
        </div>
      )}
      {problem && <ProblemAlert problem={problem} autoFocus />}
    </div>
  );
}
