import { useEffect, useRef, useState } from 'react';
import { Link, useLocation, useSearch } from 'wouter';
import { useHistoryState } from 'wouter/use-browser-location';
import { problemOf } from '../../api/client';
import { Page } from '../../app/page';
import { useTexts } from '../../texts/context';
import { Loading } from '../../ui/loading';
import { ProblemAlert } from '../../ui/problem-alert';
import { useDebounced } from '../../ui/use-debounced';
import { currentCursor } from '../messages/cursor-stack';
import { StackPager } from '../messages/pager';
import { fromList } from './came-from';
import { useExport } from './export-users';
import { filtersOf, isNarrowed, listPath } from './filters';
import type { Filters } from './filters';
import { cleared, ListFilters } from './list-filters';
import { MembersTable } from './members-table';
import { IMPORT, NEW_USER } from './paths';
import { useMembers, useRoster } from './queries';
import { RosterWarnings } from './roster-warnings';
import { entryOf, placeOf } from '../../app/searches';
import type { Place } from '../../app/searches';
import { UsersTabs } from './users-tabs';

const TYPING_PAUSE_MS = 300;

function Nobody({ narrowed }: { narrowed: boolean }) {
  const { t } = useTexts();
  return (
    <div className="p-empty p-empty--alone">
      <h2 className="ds-text-heading--lg p-flat">{t('users.empty.title')}</h2>
      <p>{t(narrowed ? 'users.empty.body' : 'users.empty.nobody')}</p>
    </div>
  );
}

/** Where the list is: filters in the address, search and page in the history entry. */
function usePlace() {
  const [, navigate] = useLocation();
  const filters = filtersOf(useSearch());
  const place = placeOf(useHistoryState());
  const [typed, setTyped] = useState(place.search);
  const settled = useDebounced(typed, TYPING_PAUSE_MS).trim();
  const go = (to: Filters, at: Place, replace = false) =>
    navigate(listPath(to), { state: entryOf(at), replace });

  // The search that this page asked for last; any other one came by Back or Forward.
  const asked = useRef(place.search);

  useEffect(() => {
    if (settled === asked.current) return;
    asked.current = settled;
    go(filters, { search: settled, stack: [] }, true);
    // Only what is typed searches; filters and pages keep the search that they have.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [settled]);
  useEffect(() => {
    if (place.search === asked.current) return;
    asked.current = place.search;
    setTyped(place.search);
  }, [place.search]);
  const clear = () => {
    asked.current = '';
    setTyped('');
    go(cleared(filters), { search: '', stack: [] });
  };
  return { filters, place, typed, setTyped, go, clear };
}

/** The members of one's organization (ACC-3). */
export function UsersPage() {
  const { t, tn } = useTexts();
  const { filters, place, typed, setTyped, go, clear } = usePlace();
  const { search, stack } = place;
  const { data, error, refetch, isPlaceholderData } = useMembers(
    filters,
    search,
    currentCursor(stack),
  );
  const roster = useRoster().data;
  const exporting = useExport(filters);
  const filter = (next: Filters) => go(next, { search, stack: [] });
  return (
    <Page
      title={t('users.title')}
      aside={
        <div className="p-actions">
          <Link href={NEW_USER} className="ds-c-button ds-c-button--solid">
            {t('users.create')}
          </Link>
          <Link href={IMPORT} className="ds-c-button">
            {t('users.import')}
          </Link>
          {exporting.button}
        </div>
      }
    >
      <UsersTabs />
      {exporting.panel}
      <RosterWarnings roster={roster} />
      <ListFilters
        search={typed}
        filters={filters}
        onSearch={setTyped}
        onFilter={filter}
        onClear={clear}
      />
      {error && !data && <ProblemAlert problem={problemOf(error)} retry={() => void refetch()} />}
      {!data && !error && <Loading />}
      <p className="ds-u-visibility--screen-reader" role="status">
        {data && !isPlaceholderData && tn('users.shown', data.items.length)}
      </p>
      {data && data.items.length === 0 && (
        <Nobody narrowed={search !== '' || isNarrowed(filters)} />
      )}
      {data && data.items.length > 0 && (
        <MembersTable
          rows={data.items}
          filters={filters}
          from={fromList(filters, place)}
          onSort={filter}
        />
      )}
      {data && (
        <StackPager
          label={t('users.pages')}
          stack={stack}
          next={isPlaceholderData ? null : data.next_cursor}
          onMove={(moved) => go(filters, { search, stack: moved })}
        />
      )}
    </Page>
  );
}
