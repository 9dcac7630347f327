import { Button } from '@cmsgov/design-system';
import { useState } from 'react';
import type { Mailbox } from '../../api/types';
import { useTexts } from '../../texts/context';
import { MAX_RECIPIENTS } from './check-draft';
import type { ChosenRecipient, Draft } from './draft-store';
import { fieldId } from './error-summary';
import { RecipientPicker } from './recipient-picker';

interface Props {
  field: 'to' | 'cc';
  mailbox: Mailbox | undefined;
  draft: Draft;
  error: string | null;
  onChange: (chosen: ChosenRecipient[]) => void;
}

export function RecipientField({ field, mailbox, draft, error, onChange }: Props) {
  const { t } = useTexts();
  const [open, setOpen] = useState(false);
  const chosen = draft[field];
  const others = draft[field === 'to' ? 'cc' : 'to'];
  const to = field === 'to';
  const errorId = `${fieldId(field)}-error`;
  const remove = (id: string) => {
    onChange(chosen.filter((recipient) => recipient.id !== id));
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
              <li key={recipient.id} className="p-chip">
                <span className="p-chip__name">{recipient.name}</span>
                <button
                  type="button"
                  className="p-chip__remove"
                  aria-label={t('compose.removeName', { name: recipient.name })}
                  onClick={() => remove(recipient.id)}
                >
                  <span aria-hidden="true">×</span>
                </button>
              </li>
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
          mailbox={mailbox}
          initial={chosen}
          taken={others}
          max={MAX_RECIPIENTS - others.length}
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
