import { Button } from '@cmsgov/design-system';
import type { BoxName } from '../../api/types';
import { useTexts } from '../../texts/context';
import { columnText } from './box-table';
import { orderName, orderOf } from './order';
import type { Order } from './order';

const MAX_SEARCH = 100;

interface SortProps {
  box: BoxName;
  order: Order;
  onSort: (order: Order) => void;
}

/** Where the headings of the table are not shown: the same orders in a list to choose from. */
function SortSelect({ box, order, onSort }: SortProps) {
  const { t } = useTexts();
  const party = { column: t(columnText(box, 'party')) };
  const subject = { column: t('messages.subject') };
  const choices = [
    ['received desc', t('messages.sort.newest')],
    ['received asc', t('messages.sort.oldest')],
    ['party asc', t('messages.sort.az', party)],
    ['party desc', t('messages.sort.za', party)],
    ['subject asc', t('messages.sort.az', subject)],
    ['subject desc', t('messages.sort.za', subject)],
    ['importance desc', t('messages.sort.urgent')],
    ['importance asc', t('messages.sort.urgentLast')],
    ['attachment desc', t('messages.sort.files')],
    ['attachment asc', t('messages.sort.filesLast')],
  ];
  return (
    <div className="p-box-tools__sort">
      <label className="ds-c-label" htmlFor="box-sort">
        {t('messages.sortBy')}
      </label>
      <select
        id="box-sort"
        className="ds-c-field"
        value={orderName(order)}
        onChange={(event) => onSort(orderOf(event.currentTarget.value))}
      >
        {choices.map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </div>
  );
}

interface Props extends SortProps {
  search: string;
  onSearch: (text: string) => void;
  onClear: () => void;
}

/** Search by the other party or any part of the subject (MSG-3). */
export function BoxTools({ search, onSearch, onClear, ...sorting }: Props) {
  const { t } = useTexts();
  return (
    <div className="p-box-tools" role="search" aria-label={t(`messages.${sorting.box}`)}>
      <div className="p-box-tools__search">
        <label className="ds-c-label" htmlFor="box-search">
          {t('messages.search')}
        </label>
        <div className="p-box-tools__row">
          <input
            id="box-search"
            className="ds-c-field"
            type="search"
            autoComplete="off"
            spellCheck={false}
            maxLength={MAX_SEARCH}
            value={search}
            onChange={(event) => onSearch(event.currentTarget.value)}
          />
          {search !== '' && (
            <Button
              size="small"
              variation="ghost"
              onClick={() => {
                onClear();
                // The button goes with what it cleared.
                document.getElementById('box-search')?.focus();
              }}
            >
              {t('messages.searchClear')}
            </Button>
          )}
        </div>
      </div>
      <SortSelect {...sorting} />
    </div>
  );
}
