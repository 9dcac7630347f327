import { Button, Dialog } from '@cmsgov/design-system';
import { useState } from 'react';
import type { Mailbox, RecipientKind } from '../../api/types';
import { useTexts } from '../../texts/context';
import { useDebounced } from '../../ui/use-debounced';
import type { ChosenRecipient } from './draft-store';
import { PickerResults } from './picker-results';

interface Props {
  title: string;
  open: boolean;
  mailbox: Mailbox;
  initial: ChosenRecipient[];
  /** Those already in the other field. */
  taken: ChosenRecipient[];
  max: number;
  onConfirm: (chosen: ChosenRecipient[]) => void;
  onCancel: () => void;
}

const TYPING_PAUSE_MS = 300;

function Chosen({
  chosen,
  onRemove,
}: {
  chosen: ChosenRecipient[];
  onRemove: (id: string) => void;
}) {
  const { t } = useTexts();
  return (
    <section aria-labelledby="picker-chosen" className="p-picker__chosen">
      <h3 id="picker-chosen" className="p-picker__heading" tabIndex={-1}>
        {t('picker.chosen')}
      </h3>
      {chosen.length === 0 && <p className="p-muted p-flat">{t('picker.chosenNone')}</p>}
      {/* Read out when someone is added: the rest of the page is out of reach of a modal dialog. */}
      <ul className="p-plain p-chips" aria-live="polite">
        {chosen.map(({ id, name }) => (
          <li key={id} className="p-chip">
            <span className="p-chip__name">{name}</span>
            <button
              type="button"
              className="p-chip__remove"
              aria-label={t('compose.removeName', { name })}
              onClick={() => {
                onRemove(id);
                document.getElementById('picker-chosen')?.focus();
              }}
            >
              <span aria-hidden="true">×</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Only while the dialog is open, so that each opening starts from what is chosen now. */
function PickerBody({
  mailbox,
  initial,
  taken,
  max,
  onConfirm,
  onCancel,
}: Omit<Props, 'title' | 'open'>) {
  const { t } = useTexts();
  const [kind, setKind] = useState<RecipientKind>('department');
  const [search, setSearch] = useState('');
  const [chosen, setChosen] = useState(initial);
  const settled = useDebounced(search.trim(), TYPING_PAUSE_MS);
  return (
    <>
      <div className="p-picker__filters">
        <div>
          <label className="ds-c-label" htmlFor="picker-type">
            {t('picker.type')}
          </label>
          <select
            id="picker-type"
            className="ds-c-field"
            value={kind}
            onChange={(event) => setKind(event.currentTarget.value as RecipientKind)}
          >
            <option value="department">{t('picker.departments')}</option>
            {/* Staff write as their department, to departments only, in this version (MSG-1). */}
            {mailbox.kind === 'membership' && <option value="member">{t('picker.members')}</option>}
          </select>
        </div>
        <div className="p-picker__search">
          <label className="ds-c-label" htmlFor="picker-search">
            {t('picker.search')}
          </label>
          <input
            id="picker-search"
            className="ds-c-field"
            type="search"
            autoComplete="off"
            placeholder={t('picker.searchHint')}
            value={search}
            onChange={(event) => setSearch(event.currentTarget.value)}
          />
        </div>
      </div>
      <PickerResults
        key={`${kind} ${settled}`}
        mailboxId={mailbox.id}
        kind={kind}
        search={settled}
        chosen={[...chosen, ...taken]}
        full={chosen.length >= max}
        onAdd={(recipient) => setChosen([...chosen, recipient])}
      />
      <Chosen
        chosen={chosen}
        onRemove={(id) => setChosen(chosen.filter((recipient) => recipient.id !== id))}
      />
      <div className="p-actions p-picker__actions">
        <Button variation="solid" onClick={() => onConfirm(chosen)}>
          {t('picker.confirm')}
        </Button>
        <Button variation="ghost" onClick={onCancel}>
          {t('picker.cancel')}
        </Button>
      </div>
    </>
  );
}

/** Recipient picker (MSG-2): the native modal dialog keeps the focus inside and gives it back. */
export function RecipientPicker({ title, open, ...body }: Props) {
  const { t } = useTexts();
  return (
    <Dialog
      isOpen={open}
      onExit={body.onCancel}
      heading={title}
      size="wide"
      className="p-picker"
      ariaCloseLabel={t('app.close')}
    >
      {open && <PickerBody {...body} />}
    </Dialog>
  );
}
