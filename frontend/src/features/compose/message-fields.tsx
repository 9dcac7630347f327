import { Choice, TextField } from '@cmsgov/design-system';
import { useTexts } from '../../texts/context';
import { AttachmentField } from '../attachments/attachment-field';
import { lengthOf, MAX_SUBJECT, MAX_TEXT } from './check-draft';
import type { FieldError } from './check-draft';
import type { Draft } from './draft-store';
import { fieldErrorText, fieldId } from './error-summary';

interface Props {
  mailboxId: string;
  draftKey: string;
  draft: Draft;
  update: (part: Partial<Draft>) => void;
  errors: FieldError[];
  /** What is forwarded goes with a note, which may be empty. */
  note?: boolean;
}

/** The counter matters near the end only; before that it would be noise. */
const COUNTER_FROM = 500;

function useCounter(text: string, max: number): string {
  const { tn } = useTexts();
  const left = max - lengthOf(text);
  return left >= 0 ? tn('compose.left', left) : tn('compose.over', -left);
}

interface SubjectProps {
  draft: Draft;
  update: (part: Partial<Draft>) => void;
  error: string | null | undefined;
}

/** Of a new message, with how much room is left (MSG-2). */
export function SubjectField({ draft, update, error }: SubjectProps) {
  const { t } = useTexts();
  return (
    <TextField
      id={fieldId('subject')}
      name="subject"
      label={t('compose.subject')}
      hint={useCounter(draft.subject, MAX_SUBJECT)}
      className="p-field p-field--wide"
      autoComplete="off"
      value={draft.subject}
      onChange={(event: { target: HTMLInputElement }) => update({ subject: event.target.value })}
      errorMessage={error ?? undefined}
      aria-required
    />
  );
}

/** What a new message and a reply have in common: text, urgent, attachments. */
export function MessageFields({ mailboxId, draftKey, draft, update, errors, note }: Props) {
  const { t, tn } = useTexts();
  const counter = useCounter(draft.text, MAX_TEXT);
  const near = lengthOf(draft.text) > MAX_TEXT - COUNTER_FROM;
  return (
    <>
      <TextField
        multiline
        rows={10}
        id={fieldId('text')}
        name="text"
        label={t(note ? 'compose.note' : 'compose.text')}
        hint={near ? counter : undefined}
        className="p-field p-field--wide"
        value={draft.text}
        onChange={(event: { target: HTMLTextAreaElement }) => update({ text: event.target.value })}
        errorMessage={fieldErrorText(t, errors, 'text') ?? undefined}
        aria-required={!note}
      />
      <Choice
        type="checkbox"
        name="urgent"
        value="urgent"
        label={t('compose.urgent')}
        hint={t('compose.urgentHint')}
        className="p-field"
        checked={draft.urgent}
        onChange={(event) => update({ urgent: event.target.checked })}
      />
      <AttachmentField
        mailboxId={mailboxId}
        draftKey={draftKey}
        files={draft.files}
        error={fieldErrorText(t, errors, 'files')}
      />
      {draft.expired > 0 && <p className="p-field__note">{tn('files.expired', draft.expired)}</p>}
    </>
  );
}
