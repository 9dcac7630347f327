import { useState } from 'react';
import { Link } from 'wouter';
import { problemOf } from '../../api/client';
import { Page } from '../../app/page';
import { useTexts } from '../../texts/context';
import { Loading } from '../../ui/loading';
import { ProblemAlert } from '../../ui/problem-alert';
import { useDebounced } from '../../ui/use-debounced';
import { currentCursor } from '../messages/cursor-stack';
import type { CursorStack } from '../messages/cursor-stack';
import { StackPager } from '../messages/pager';
import { FilterSelect } from '../users/list-filters';
import { StatusTag } from '../users/status-tag';
import type { Filters } from './calls';
import { NEW_STAFF, staffPath } from './paths';
import { useStaff } from './queries';
import { ROLES, STATUSES } from './types';
import type { StaffRow } from './types';

const TYPING_PAUSE_MS = 300;

function StaffTable({ rows }: { rows: readonly StaffRow[] }) {
  const { t, instant } = useTexts();
  return (
    <table className="p-table p-users p-staff">
      <caption className="ds-u-visibility--screen-reader">{t('staff.title')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('users.name')}</th>
          <th scope="col">{t('users.status')}</th>
          <th scope="col">{t('users.workEmail')}</th>
          <th scope="col">{t('staff.role')}</th>
          <th scope="col">{t('staff.departments')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id} className="p-row">
            <td className="p-users__name">
              <Link href={staffPath(row.id)}>{row.name}</Link>
            </td>
            <td>
              <StatusTag status={row.status} />
              {row.review_due_at && (
                <span className="p-muted p-staff__due">
                  {t('staff.due', { due: instant(row.review_due_at) })}
                </span>
              )}
            </td>
            <td className="p-users__email">{row.email}</td>
            <td>{row.roles.map((role) => t(`staff.role.${role}`)).join(', ')}</td>
            <td>{row.departments.map(({ name }) => name).join(', ')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The plan's staff (ACC-11). */
export function StaffPage() {
  const { t, tn } = useTexts();
  const [typed, setTyped] = useState('');
  const [filters, setFilters] = useState<Filters>({ role: '', status: '' });
  const [stack, setStack] = useState<CursorStack>([]);
  const search = useDebounced(typed, TYPING_PAUSE_MS).trim();
  const { data, error, refetch, isPlaceholderData } = useStaff(
    search,
    filters,
    currentCursor(stack),
  );
  const narrow = (part: Partial<Filters>) => {
    setStack([]);
    setFilters({ ...filters, ...part });
  };
  return (
    <Page
      title={t('staff.title')}
      aside={
        <Link href={NEW_STAFF} className="ds-c-button ds-c-button--solid">
          {t('staff.create')}
        </Link>
      }
    >
      <p className="p-lead">{t('staff.lead')}</p>
      <div className="p-users-filters" role="search" aria-label={t('staff.title')}>
        <div className="p-users-filters__search">
          <label className="ds-c-label" htmlFor="staff-search">
            {t('staff.search')}
          </label>
          <input
            id="staff-search"
            className="ds-c-field"
            type="search"
            autoComplete="off"
            spellCheck={false}
            value={typed}
            onChange={(event) => {
              setStack([]);
              setTyped(event.currentTarget.value);
            }}
          />
        </div>
        <FilterSelect
          id="staff-status"
          label="users.status"
          value={filters.status}
          values={STATUSES}
          textOf={(status) => `users.status.${status}`}
          onChange={(status) => narrow({ status })}
        />
        <FilterSelect
          id="staff-role"
          label="staff.role"
          value={filters.role}
          values={ROLES}
          textOf={(role) => `staff.role.${role}`}
          onChange={(role) => narrow({ role })}
        />
      </div>
      {error && !data && <ProblemAlert problem={problemOf(error)} retry={() => void refetch()} />}
      {!data && !error && <Loading />}
      <p className="ds-u-visibility--screen-reader" role="status">
        {data && !isPlaceholderData && tn('staff.shown', data.items.length)}
      </p>
      {data?.items.length === 0 && <p className="p-empty">{t('staff.empty')}</p>}
      {data && data.items.length > 0 && <StaffTable rows={data.items} />}
      {data && (
        <StackPager
          label={t('staff.pages')}
          stack={stack}
          next={isPlaceholderData ? null : data.next_cursor}
          onMove={setStack}
        />
      )}
    </Page>
  );
}
