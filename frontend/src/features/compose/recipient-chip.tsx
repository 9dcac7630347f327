import { useTexts } from '../../texts/context';
import { partyName } from '../messages/party';
import type { ChosenRecipient } from './draft-store';

interface Props {
  recipient: ChosenRecipient;
  onRemove: () => void;
}

/** One who was chosen; says so of somebody who left since. */
export function RecipientChip({ recipient, onRemove }: Props) {
  const { t } = useTexts();
  const name = recipient.name === '' ? t('compose.unknown') : partyName(t, recipient);
  return (
    <li className={`p-chip ${recipient.gone ? 'p-chip--gone' : ''}`}>
      <span className="p-chip__name">
        {recipient.gone ? t('compose.goneName', { name }) : name}
      </span>
      <button
        type="button"
        className="p-chip__remove"
        aria-label={t('compose.removeName', { name })}
        onClick={onRemove}
      >
        <span aria-hidden="true">×</span>
      </button>
    </li>
  );
}
