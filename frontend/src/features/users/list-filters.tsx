import { Button } from '@cmsgov/design-system';
import { useTexts } from '../../texts/context';
import type { TextKey } from '../../texts';
import { EVERYBODY, isNarrowed } from './filters';
import type { Filters } from './filters';
import { SortSelect } from './members-table';
import { LEVELS, ROLES, STATUSES } from './types';

interface ChoiceProps<Value extends string> {
  id: string;
  label: TextKey;
  value: Value | '';
  values: readonly Value[];
  textOf: (value: Value) => TextKey;
  onChange: (value: Value | '') => void;
}

export function FilterSelect<Value extends string>(props: ChoiceProps<Value>) {
  const { t } = useTexts();
  const { id, label, value, values, textOf, onChange } = props;
  return (
    <div>
      <label className="ds-c-label" htmlFor={id}>
        {t(label)}
      </label>
      <select
        id={id}
        className="ds-c-field"
        value={value}
        onChange={(event) => onChange(event.currentTarget.value as Value | '')}
      >
        <option value="">{t('users.filter.any')}</option>
        {values.map((each) => (
          <option key={each} value={each}>
            {t(textOf(each))}
          </option>
        ))}
      </select>
    </div>
  );
}

interface Props {
  search: string;
  filters: Filters;
  onSearch: (text: string) => void;
  onFilter: (filters: Filters) => void;
  onClear: () => void;
}

/** Search by any part of name or address, and the filters (ACC-3). */
export function ListFilters({ search, filters, onSearch, onFilter, onClear }: Props) {
  const { t } = useTexts();
  const narrow = (part: Partial<Filters>) => onFilter({ ...filters, ...part });
  return (
    <div className="p-users-filters" role="search" aria-label={t('users.list')}>
      <div className="p-users-filters__search">
        <label className="ds-c-label" htmlFor="users-search">
          {t('users.search')}
        </label>
        <input
          id="users-search"
          className="ds-c-field"
          type="search"
          autoComplete="off"
          spellCheck={false}
          value={search}
          onChange={(event) => onSearch(event.currentTarget.value)}
        />
      </div>
      <FilterSelect
        id="users-status"
        label="users.filter.status"
        value={filters.status}
        values={STATUSES}
        textOf={(status) => `users.status.${status}`}
        onChange={(status) => narrow({ status })}
      />
      <FilterSelect
        id="users-role"
        label="users.filter.role"
        value={filters.role}
        values={ROLES}
        textOf={(role) => `users.role.${role}`}
        onChange={(role) => narrow({ role })}
      />
      <FilterSelect
        id="users-level"
        label="users.filter.level"
        value={filters.access_level}
        values={LEVELS}
        textOf={(level) => `users.level.${level}`}
        onChange={(access_level) => narrow({ access_level })}
      />
      <SortSelect filters={filters} onSort={onFilter} />
      <div className="p-users-filters__last">
        <label className="p-check">
          <input
            type="checkbox"
            checked={filters.attention}
            onChange={(event) => narrow({ attention: event.currentTarget.checked })}
          />
          {t('users.filter.attention')}
        </label>
        {(search !== '' || isNarrowed(filters)) && (
          <Button
            size="small"
            variation="ghost"
            onClick={() => {
              onClear();
              // The button goes with what it cleared.
              document.getElementById('users-search')?.focus();
            }}
          >
            {t('users.searchClear')}
          </Button>
        )}
      </div>
    </div>
  );
}

export const cleared = (filters: Filters): Filters => ({
  ...EVERYBODY,
  sort: filters.sort,
  order: filters.order,
});
