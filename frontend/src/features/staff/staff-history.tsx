import { Button } from '@cmsgov/design-system';
import { problemOf } from '../../api/client';
import type { TextKey } from '../../texts';
import type { Texts } from '../../texts/context';
import { useTexts } from '../../texts/context';
import { Loading } from '../../ui/loading';
import { ProblemAlert } from '../../ui/problem-alert';
import { useStaffHistory } from './queries';
import { ROLES, STATUSES } from './types';
import type { HistoryEntry } from './types';

type Change = HistoryEntry['changes'][number];

function wordOf(t: Texts['t'], field: string, value: string): string {
  const role = ROLES.find((known) => field === 'roles' && known === value);
  if (role) return t(`staff.role.${role}`);
  const status = STATUSES.find((known) => field === 'status' && known === value);
  return status ? t(`users.status.${status}`) : value;
}

function wordsOf(t: Texts['t'], field: string, value: Change['to']): string {
  const values = Array.isArray(value) ? value : value === null ? [] : [value];
  return values.length > 0
    ? values.map((each) => wordOf(t, field, each)).join(', ')
    : t('staff.departments.none');
}

const FIELD_NAMES: Readonly<Record<string, TextKey>> = {
  roles: 'staff.role',
  departments: 'staff.departments',
  name: 'users.fact.name',
  email: 'users.fact.email',
  phone: 'users.fact.phone',
};

function changeText(t: Texts['t'], { field, from, to }: Change): string {
  const name = FIELD_NAMES[field] ?? 'users.status';
  const params = { field: t(name), to: wordsOf(t, field, to) };
  return from === null
    ? t('users.history.set', params)
    : t('users.history.change', { ...params, from: wordsOf(t, field, from) });
}

function Entry({ entry }: { entry: HistoryEntry }) {
  const { t, instant } = useTexts();
  return (
    <li className="p-entry">
      <h3 className="p-entry__title">{t('users.history.entry', { number: entry.number })}</h3>
      <p className="p-entry__who">
        <time dateTime={entry.at}>{instant(entry.at)}</time>
        <span>{t('users.history.by', { name: entry.by.name, email: entry.by.email })}</span>
      </p>
      <ul className="p-plain">
        {entry.changes.map((change) => (
          <li key={change.field}>{changeText(t, change)}</li>
        ))}
      </ul>
      {/* Only ever text: no markup in a comment is rendered (S-IO-01). */}
      {entry.comment && (
        <p className="p-entry__comment">
          <span className="ds-u-visibility--screen-reader">{t('users.history.comment')}: </span>
          {entry.comment}
        </p>
      )}
    </li>
  );
}

/** Who changed what from what to what, when and why; newest first. */
export function StaffHistory({ id }: { id: string }) {
  const { t } = useTexts();
  const { data, error, refetch, fetchNextPage, hasNextPage, isFetchingNextPage } =
    useStaffHistory(id);
  const entries = data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <section className="p-card p-history" aria-labelledby="staff-history">
      <h2 id="staff-history" className="ds-text-heading--lg p-flat">
        {t('users.history')}
      </h2>
      {error && !data && <ProblemAlert problem={problemOf(error)} retry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data && entries.length === 0 && <p>{t('users.history.empty')}</p>}
      <ol className="p-plain" aria-labelledby="staff-history">
        {entries.map((entry) => (
          <Entry key={entry.number} entry={entry} />
        ))}
      </ol>
      {hasNextPage && (
        <Button
          className="p-no-print p-gap-top"
          aria-disabled={isFetchingNextPage}
          onClick={() => void fetchNextPage()}
        >
          {t('users.history.older')}
        </Button>
      )}
    </section>
  );
}
