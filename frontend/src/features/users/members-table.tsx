import { Link } from 'wouter';
import { useTexts } from '../../texts/context';
import { SORTS, sortedBy } from './filters';
import type { Filters, Sort } from './filters';
import { userPath } from './paths';
import { StatusTag } from './status-tag';
import type { MemberRow } from './types';
import { levelsText } from './words';

interface HeadingProps {
  sort: Sort;
  filters: Filters;
  onSort: (filters: Filters) => void;
}

function Heading({ sort, filters, onSort }: HeadingProps) {
  const { t } = useTexts();
  const sorted = filters.sort === sort;
  const direction = filters.order === 'desc' ? 'descending' : 'ascending';
  return (
    <th
      role="columnheader"
      scope="col"
      className={`p-users__${sort}`}
      aria-sort={sorted ? direction : 'none'}
    >
      <button type="button" className="p-sort" onClick={() => onSort(sortedBy(filters, sort))}>
        {t(`users.${sort}`)}
        <span className={`p-sort__mark ${sorted ? `p-sort__mark--${direction}` : ''}`} />
      </button>
    </th>
  );
}

function Row({ row, from }: { row: MemberRow; from: object }) {
  const { t } = useTexts();
  return (
    <tr role="row" className="p-row">
      <td role="cell" className="p-users__name">
        <Link href={userPath(row.id)} state={from} className="p-stretched">
          {row.name}
        </Link>
      </td>
      <td role="cell" className="p-users__status">
        <StatusTag status={row.status} />
        {row.attention
          .filter((reason) => reason !== row.status)
          .map((reason) => (
            <span key={reason} className="p-users__attention">
              {t(`users.attention.${reason}`)}
            </span>
          ))}
      </td>
      <td role="cell" className="p-users__email">
        {row.email}
      </td>
      <td role="cell" className="p-users__role">
        {t(`users.role.${row.role}`)}
      </td>
      <td role="cell" className="p-users__levels">
        <span className="p-row__label">{t('users.levels')}: </span>
        {levelsText(t, row.access_levels)}
      </td>
    </tr>
  );
}

interface Props {
  rows: MemberRow[];
  filters: Filters;
  /** What a row's page needs to lead back to this list. */
  from: object;
  onSort: (filters: Filters) => void;
}

/** On a narrow screen the rows become cards by CSS; the explicit roles keep the table a table (PLT-1). */
export function MembersTable({ rows, filters, from, onSort }: Props) {
  const { t } = useTexts();
  const heading = (sort: Sort) => <Heading sort={sort} filters={filters} onSort={onSort} />;
  return (
    <table role="table" className="p-table p-users" aria-label={t('users.list')}>
      <thead role="rowgroup">
        <tr role="row">
          {heading('name')}
          {heading('status')}
          {heading('email')}
          {heading('role')}
          <th role="columnheader" scope="col" className="p-users__levels">
            {t('users.levels')}
          </th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row) => (
          <Row key={row.id} row={row} from={from} />
        ))}
      </tbody>
    </table>
  );
}

/** Where the headings of the table are not shown: the same orders in a list to choose from. */
export function SortSelect({ filters, onSort }: Omit<Props, 'rows' | 'from'>) {
  const { t } = useTexts();
  return (
    <div className="p-users-sort">
      <label className="ds-c-label" htmlFor="users-sort">
        {t('users.sortBy')}
      </label>
      <select
        id="users-sort"
        className="ds-c-field"
        value={`${filters.sort} ${filters.order}`}
        onChange={(event) => {
          const [sort, order] = event.currentTarget.value.split(' ');
          onSort({ ...filters, sort: sort as Sort, order: order === 'desc' ? 'desc' : 'asc' });
        }}
      >
        {SORTS.flatMap((sort) => [
          <option key={sort} value={`${sort} asc`}>
            {t(`users.${sort}`)}
          </option>,
          <option key={`${sort} desc`} value={`${sort} desc`}>
            {t('users.sort.descending', { column: t(`users.${sort}`) })}
          </option>,
        ])}
      </select>
    </div>
  );
}
