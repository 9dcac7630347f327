import { useState } from 'react';
import { Link } from 'wouter';
import { problemOf } from '../../api/client';
import { Page } from '../../app/page';
import { useTexts } from '../../texts/context';
import { Loading } from '../../ui/loading';
import { ProblemAlert } from '../../ui/problem-alert';
import { useDebounced } from '../../ui/use-debounced';
import { EnrollmentTabs } from '../enrollment/enrollment-tabs';
import { IMPORT_ORGANIZATIONS, NEW_ORGANIZATION, organizationPath } from '../enrollment/paths';
import { currentCursor } from '../messages/cursor-stack';
import type { CursorStack } from '../messages/cursor-stack';
import { StackPager } from '../messages/pager';
import { useOrganizations } from './queries';
import type { OrganizationRow } from './types';

const TYPING_PAUSE_MS = 300;

function OrganizationsTable({ rows }: { rows: readonly OrganizationRow[] }) {
  const { t } = useTexts();
  return (
    <table className="p-table p-users p-staff">
      <caption className="ds-u-visibility--screen-reader">{t('nav.practices')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('organizations.name')}</th>
          <th scope="col">{t('organizations.tin')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id} className="p-row">
            <td className="p-aboard__name">
              <Link href={organizationPath(row.id)}>{row.name}</Link>{' '}
              {row.closed && <span className="p-tag">{t('organizations.closed')}</span>}
            </td>
            <td>
              <span className="p-aboard__label">{t('organizations.tin')} </span>
              {row.tin}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** All practices by name (ORG-1). */
export function OrganizationsPage() {
  const { t, tn } = useTexts();
  const [typed, setTyped] = useState('');
  const [stack, setStack] = useState<CursorStack>([]);
  const search = useDebounced(typed, TYPING_PAUSE_MS).trim();
  const { data, error, refetch, isPlaceholderData } = useOrganizations(
    search,
    currentCursor(stack),
  );
  return (
    <Page
      title={t('nav.practices')}
      aside={
        <div className="p-actions">
          <Link href={IMPORT_ORGANIZATIONS} className="ds-c-button">
            {t('users.import')}
          </Link>
          <Link href={NEW_ORGANIZATION} className="ds-c-button ds-c-button--solid">
            {t('organizations.create')}
          </Link>
        </div>
      }
    >
      <EnrollmentTabs />
      <div className="p-users-filters p-aboard__filters" role="search">
        <div className="p-users-filters__search">
          <label className="ds-c-label" htmlFor="organizations-search">
            {t('organizations.search')}
          </label>
          <input
            id="organizations-search"
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
      </div>
      {error && !data && <ProblemAlert problem={problemOf(error)} retry={() => void refetch()} />}
      {!data && !error && <Loading />}
      <p className="ds-u-visibility--screen-reader" role="status">
        {data && !isPlaceholderData && tn('organizations.shown', data.items.length)}
      </p>
      {data?.items.length === 0 && (
        <p className="p-empty p-empty--alone">
          {t(search ? 'organizations.empty' : 'organizations.none')}
        </p>
      )}
      {data && data.items.length > 0 && <OrganizationsTable rows={data.items} />}
      {data && (
        <StackPager
          label={t('organizations.pages')}
          stack={stack}
          next={isPlaceholderData ? null : data.next_cursor}
          onMove={setStack}
        />
      )}
    </Page>
  );
}
