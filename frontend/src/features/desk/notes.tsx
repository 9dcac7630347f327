import { Button, TextField } from '@cmsgov/design-system';
import { useState } from 'react';
import { problemOf } from '../../api/client';
import type { Problem } from '../../api/types';
import { useKeptEdit } from '../../app/kept-edits';
import { useTexts } from '../../texts/context';
import { FormSummary } from '../../ui/form-summary';
import { ProblemAlert } from '../../ui/problem-alert';
import { useForm } from '../register/use-form';
import { useAttempts } from '../users/use-attempts';
import { getNotes, postNote } from './calls';
import { useDeskChanged } from './queries';
import type { Desk, Note } from './types';

interface Props {
  mailboxId: string;
  threadId: string;
  /** The newest notes. */
  first: Desk['notes'];
}

function AddNote({ mailboxId, threadId }: Omit<Props, 'first'>) {
  const { t } = useTexts();
  const attempts = useAttempts();
  const changed = useDeskChanged(mailboxId, threadId);
  const { edit, keep, drop } = useKeptEdit<{ text: string }>(`note ${mailboxId} ${threadId}`);
  const text = edit?.text ?? '';
  const { busy, outcome, submit } = useForm({
    names: ['text'],
    wrong: () => ({ ...(!text.trim() && { text: t('desk.note.missing') }) }),
    send: () => postNote(mailboxId, threadId, text, attempts.keyFor({ text })),
    onDone: () => {
      drop();
      void changed();
    },
  });
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <FormSummary heading={t('desk.note.problem')} outcome={outcome} idOf={() => 'desk-note'} />
      <TextField
        multiline
        rows={3}
        id="desk-note"
        name="note"
        label={t('desk.note.label')}
        hint={t('desk.notes.hint')}
        className="p-field p-field--wide"
        value={text}
        onChange={(event: { target: HTMLTextAreaElement }) =>
          event.target.value ? keep({ text: event.target.value }) : drop()
        }
        errorMessage={outcome.fields['text']}
      />
      <Button type="submit" size="small" className="p-gap-top" aria-disabled={busy}>
        {t(busy ? 'desk.note.adding' : 'desk.note.add')}
      </Button>
    </form>
  );
}

/** What the agents note for each other; only ever text (S-IO-01). Providers never see it (MSG-6). */
export function Notes({ mailboxId, threadId, first }: Props) {
  const { t, instant } = useTexts();
  const [older, setOlder] = useState<{ items: Note[]; next: string | null } | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const known = new Set(first.items.map(({ id }) => id));
  const notes = [...first.items, ...(older?.items ?? []).filter(({ id }) => !known.has(id))];
  const next = older ? older.next : (first.next_cursor ?? null);
  const load = async (cursor: string) => {
    setProblem(null);
    try {
      const page = await getNotes(mailboxId, threadId, cursor);
      setOlder({ items: [...(older?.items ?? []), ...page.items], next: page.next_cursor ?? null });
    } catch (error) {
      setProblem(problemOf(error));
    }
  };
  return (
    <details className="p-desk__notes" open={notes.length > 0}>
      <summary>{t('desk.notes', { count: notes.length })}</summary>
      <ul className="p-plain">
        {notes.map(({ id, name, at, text }) => (
          <li key={id} className="p-desk__note">
            <p className="p-flat p-muted">
              {name}, <time dateTime={at}>{instant(at)}</time>
            </p>
            <p className="p-flat p-message__text">{text}</p>
          </li>
        ))}
      </ul>
      {problem && <ProblemAlert problem={problem} />}
      {next && (
        <Button size="small" onClick={() => void load(next)}>
          {t('desk.notes.older')}
        </Button>
      )}
      <AddNote mailboxId={mailboxId} threadId={threadId} />
    </details>
  );
}
