import { Button } from '@cmsgov/design-system';
import { useState } from 'react';
import type { Mailbox } from '../../api/types';
import { useTexts } from '../../texts/context';
import { mostRecipients } from './check-draft';
import { sameRecipient } from './draft-store';
import type { ChosenRecipient, Draft, Practice } from './draft-store';
import { fieldId } from './error-summary';
import { RecipientChip } from './recipient-chip';
import { RecipientPicker } from './recipient-picker';

interface Props {
  field: 'to' | 'cc';
  mailbox: Mailbox | undefined;
  draft: Draft;
  error: string | null;
  /** The practice of what is forwarded, which must not leave it (MSG-1). */
  within?: Practice | null | undefined;
  onChange: (chosen: ChosenRecipient[]) => void;
}

export function RecipientField({ field, mailbox, draft, error, within, onChange }: Props) {
  const { t } = useTexts();
  const [open, setOpen] = useState(false);
  const chosen = draft[field];
  const others = draft[field === 'to' ? 'cc' : 'to'];
  const to = field === 'to';
  const errorId = `${fieldId(field)}-error`;
  const remove = (gone: ChosenRecipient) => {
    onChange(chosen.filter((recipient) => !sameRecipient(recipient, gone)));
    document.getElementById(fieldId(field))?.focus();
  };
  return (
    <div className={`p-field p-recipients ${error ? 'p-field--error' : ''}`}>
      <span className="ds-c-label" aria-hidden="true">
        {t(to ? 'compose.to' : 'compose.cc')}
      </span>
      {error && (
        <p className="ds-c-inline-error" id={errorId}>
          {error}
        </p>
      )}
      <div className="p-recipients__row">
        {chosen.length === 0 && to && <span className="p-muted">{t('compose.none')}</span>}
        {chosen.length > 0 && (
          <ul
            className="p-plain p-chips"
            aria-label={t(to ? 'compose.chosenTo' : 'compose.chosenCc')}
          >
            {chosen.map((recipient) => (
              <RecipientChip
                key={`${recipient.kind} ${recipient.id}`}
                recipient={recipient}
                onRemove={() => remove(recipient)}
              />
            ))}
          </ul>
        )}
        <Button
          id={fieldId(field)}
          size="small"
          aria-describedby={error ? errorId : undefined}
          onClick={() => setOpen(true)}
        >
          {t(to ? 'compose.addTo' : 'compose.addCc')}
        </Button>
      </div>
      {mailbox && (
        <RecipientPicker
          title={t(to ? 'picker.title' : 'picker.titleCc')}
          open={open}
          field={field}
          mailbox={mailbox}
          initial={chosen}
          taken={others}
          max={mostRecipients(mailbox)}
          within={within}
          onConfirm={(next) => {
            onChange(next);
            setOpen(false);
          }}
          onCancel={() => setOpen(false)}
        />
      )}
    </div>
  );
}
