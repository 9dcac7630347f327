import { Button, Choice, TextField } from '@cmsgov/design-system';
import { useTexts } from '../../texts/context';
import { AttachmentField } from '../attachments/attachment-field';
import { checkFiles, lengthOf, MAX_TEXT } from './check-draft';
import type { FieldError } from './check-draft';
import type { Draft } from './draft-store';
import { errorText, fieldErrorText, fieldId } from './error-summary';

interface Props {
  mailboxId: string;
  draftKey: string;
  draft: Draft;
  update: (part: Partial<Draft>) => void;
  errors: FieldError[];
}

/** The counter matters near the end only; before that it would be noise. */
const COUNTER_FROM = 500;

export function useCounter(text: string, max: number): string {
  const { tn } = useTexts();
  const left = max - lengthOf(text);
  return left >= 0 ? tn('compose.left', left) : tn('compose.over', -left);
}

/** What a new message and a reply have in common: text, urgent, attachments. */
export function MessageFields({ mailboxId, draftKey, draft, update, errors }: Props) {
  const { t } = useTexts();
  const counter = useCounter(draft.text, MAX_TEXT);
  const near = lengthOf(draft.text) > MAX_TEXT - COUNTER_FROM;
  return (
    <>
      <TextField
        multiline
        rows={10}
        id={fieldId('text')}
        name="text"
        label={t('compose.text')}
        hint={near ? counter : undefined}
        className="p-field p-field--wide"
        value={draft.text}
        onChange={(event: { target: HTMLTextAreaElement }) => update({ text: event.target.value })}
        errorMessage={fieldErrorText(t, errors, 'text') ?? undefined}
        aria-required
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
    </>
  );
}

interface SendBarProps {
  draft: Draft;
  busy: boolean;
  onSend: () => void;
  onCancel: () => void;
}

/** Send stays pressable and says what it waits for: a greyed-out button would explain nothing. */
export function SendBar({ draft, busy, onSend, onCancel }: SendBarProps) {
  const { t } = useTexts();
  const [waiting] = checkFiles(draft);
  return (
    <div className="p-sendbar">
      {waiting && (
        <p className="p-sendbar__waits" id="send-waits">
          {errorText(t, waiting)}
        </p>
      )}
      <div className="p-actions">
        <Button
          variation="solid"
          aria-disabled={busy}
          aria-describedby={waiting ? 'send-waits' : undefined}
          onClick={onSend}
        >
          {busy ? t('compose.sending') : t('compose.send')}
        </Button>
        <Button variation="ghost" onClick={onCancel}>
          {t('compose.cancel')}
        </Button>
      </div>
    </div>
  );
}
