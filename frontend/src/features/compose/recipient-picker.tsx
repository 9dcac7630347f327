import { Button, Dialog } from '@cmsgov/design-system';
import { useState } from 'react';
import type { Mailbox } from '../../api/types';
import { useTexts } from '../../texts/context';
import { useDebounced } from '../../ui/use-debounced';
import { isGroup, practiceOf, sameRecipient } from './draft-store';
import type { ChosenRecipient, Practice } from './draft-store';
import { listedKind, typesFor, typeText } from './offers';
import type { Sought } from './offers';
import { PickerResults } from './picker-results';
import { RecipientChip } from './recipient-chip';

interface Props {
  title: string;
  open: boolean;
  field: 'to' | 'cc';
  mailbox: Mailbox;
  initial: ChosenRecipient[];
  /** Those already in the other field. */
  taken: ChosenRecipient[];
  /** How many people and departments To and CC may have together. */
  max: number;
  /** The practice of what is forwarded, which must not leave it (MSG-1). */
  within?: Practice | null | undefined;
  onConfirm: (chosen: ChosenRecipient[]) => void;
  onCancel: () => void;
}

const TYPING_PAUSE_MS = 300;

function Chosen({
  chosen,
  onRemove,
}: {
  chosen: ChosenRecipient[];
  onRemove: (recipient: ChosenRecipient) => void;
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
        {chosen.map((one) => (
          <RecipientChip
            key={`${one.kind} ${one.id}`}
            recipient={one}
            onRemove={() => {
              onRemove(one);
              document.getElementById('picker-chosen')?.focus();
            }}
          />
        ))}
      </ul>
    </section>
  );
}

interface WhichProps {
  practice: Practice;
  /** Absent while somebody of it is chosen: a message goes to people of one practice (MSG-1). */
  onChange: (() => void) | null;
}

/** The practice whose people are listed. */
function WhichPractice({ practice, onChange }: WhichProps) {
  const { t } = useTexts();
  const { name } = practice;
  return (
    <div className="p-picker__practice">
      <p className="p-flat">
        {name ? t('picker.practice', { name }) : t('picker.practiceChosen')}{' '}
        {!onChange && <span className="p-muted p-picker__note">{t('picker.onePractice')}</span>}
      </p>
      {onChange && (
        <Button size="small" variation="ghost" onClick={onChange}>
          {t('picker.otherPractice')}
        </Button>
      )}
    </div>
  );
}

interface FilterProps extends Pick<Props, 'field' | 'mailbox'> {
  sought: Sought;
  words: string;
  hint: string;
  onSought: (sought: Sought) => void;
  onWords: (words: string) => void;
}

function Filters({ field, mailbox, sought, words, hint, onSought, onWords }: FilterProps) {
  const { t } = useTexts();
  return (
    <div className="p-picker__filters">
      <div>
        <label className="ds-c-label" htmlFor="picker-type">
          {t('picker.type')}
        </label>
        <select
          id="picker-type"
          className="ds-c-field"
          value={sought}
          onChange={(event) => onSought(event.currentTarget.value as Sought)}
        >
          {typesFor(mailbox, field).map((type) => (
            <option key={type} value={type}>
              {t(typeText(mailbox, type))}
            </option>
          ))}
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
          placeholder={hint}
          value={words}
          onChange={(event) => onWords(event.currentTarget.value)}
        />
      </div>
    </div>
  );
}

const HINTS = {
  department: 'picker.searchHint',
  member: 'picker.searchName',
  organization: 'picker.searchPractice',
} as const;

/** Only while the dialog is open, so that each opening starts from what is chosen now. */
function PickerBody(props: Omit<Props, 'title' | 'open'>) {
  const { field, mailbox, initial, taken, max, within, onConfirm, onCancel } = props;
  const { t } = useTexts();
  const [sought, setSought] = useState<Sought>('department');
  const [words, setWords] = useState('');
  const [chosen, setChosen] = useState(initial);
  const [found, setFound] = useState<Practice | null>(null);
  const settled = useDebounced(words.trim(), TYPING_PAUSE_MS);
  const fixed = within ?? practiceOf({ to: chosen, cc: taken });
  const practice = fixed ?? found;
  const kind = listedKind(mailbox, sought, practice);
  // Groups are of the practice that is chosen, once one is.
  const onlyOne = kind === 'organization' && fixed;
  const single = [...chosen, ...taken].filter((one) => !isGroup(one)).length;
  const begin = (next: Practice | null) => {
    setFound(next);
    setWords('');
    document.getElementById('picker-search')?.focus();
  };
  const search = { mailbox, sought, practice, words: settled };
  return (
    <>
      <Filters
        field={field}
        mailbox={mailbox}
        sought={sought}
        words={words}
        hint={t(HINTS[kind])}
        onSought={(next) => {
          setSought(next);
          setWords('');
        }}
        onWords={setWords}
      />
      {mailbox.kind === 'department' && sought !== 'department' && practice && (
        <WhichPractice practice={practice} onChange={fixed ? null : () => begin(null)} />
      )}
      <PickerResults
        key={`${sought} ${practice?.id} ${settled}`}
        search={search}
        only={onlyOne || null}
        chosen={[...chosen, ...taken]}
        full={single >= max ? max : null}
        onAdd={(recipient) => setChosen([...chosen, recipient])}
        onPractice={begin}
      />
      <Chosen
        chosen={chosen}
        onRemove={(gone) => setChosen(chosen.filter((one) => !sameRecipient(one, gone)))}
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
