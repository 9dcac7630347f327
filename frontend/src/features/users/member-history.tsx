import { Button } from '@cmsgov/design-system';
import { problemOf } from '../../api/client';
import type { TextKey } from '../../texts';
import type { Texts } from '../../texts/context';
import { useTexts } from '../../texts/context';
import { Loading } from '../../ui/loading';
import { ProblemAlert } from '../../ui/problem-alert';
import { LEVELS, ROLES, STATUSES } from './types';
import { useHistory } from './queries';
import type { HistoryChange, HistoryEntry } from './types';

function wordOf(t: Texts['t'], field: string, value: string): string {
  const role = ROLES.find((known) => field === 'role' && known === value);
  if (role) return t(`users.role.${role}`);
  const level = LEVELS.find((known) => field === 'access_levels' && known === value);
  if (level) return t(`users.level.${level}`);
  if (field === 'review' && value === 'verified') return t('users.history.verified');
  if (field === 'invitation' && value === 'sent') return t('users.history.sent');
  const status = STATUSES.find((known) => field === 'status' && known === value);
  return status ? t(`users.status.${status}`) : value;
}

/** A value of the history in words; no providers stand for all of them (ACC-7). */
function wordsOf(t: Texts['t'], field: string, value: HistoryChange['to']): string {
  const given = Array.isArray(value) ? value : value === null ? [] : [value];
  // Access levels always stand in the same order; what is not known comes first, as it came.
  const known: readonly string[] = LEVELS;
  const values = [...given].sort((one, other) => known.indexOf(one) - known.indexOf(other));
  if (values.length > 0) return values.map((each) => wordOf(t, field, each)).join(', ');
  return t(field === 'providers' ? 'users.providers.all' : 'users.none');
}

const FIELD_NAMES: Readonly<Record<string, TextKey>> = {
  role: 'users.role',
  access_levels: 'users.levels',
  providers: 'users.providers',
  status: 'users.status',
  name: 'users.fact.name',
  email: 'users.fact.email',
  phone: 'users.fact.phone',
  review: 'users.fact.review',
  invitation: 'users.fact.invitation',
};

/** "Status: from Active to Disabled". What is not known here is shown as it came. */
export function changeText(t: Texts['t'], { field, from, to }: HistoryChange): string {
  const name = FIELD_NAMES[field];
  const params = { field: name ? t(name) : field, to: wordsOf(t, field, to) };
  return from === null
    ? t('users.history.set', params)
    : t('users.history.change', { ...params, from: wordsOf(t, field, from) });
}

const JOBS: Readonly<Record<string, TextKey>> = {
  inactivity_lockout: 'users.history.job.inactivity',
  revalidation_reminders: 'users.history.job.review',
};

/** Who made an entry: a person, or the portal itself, which has no address. */
export function authorText(t: Texts['t'], { name, email }: HistoryEntry['by']): string {
  if (email) return t('users.history.by', { name, email });
  const job = JOBS[name];
  return job ? t(job) : name;
}

function Entry({ entry }: { entry: HistoryEntry }) {
  const { t, instant } = useTexts();
  return (
    <li className="p-entry">
      <h3 className="p-entry__title">{t('users.history.entry', { number: entry.number })}</h3>
      <p className="p-entry__who">
        <time dateTime={entry.at}>{instant(entry.at)}</time>
        <span>{authorText(t, entry.by)}</span>
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

/** Who changed what from what to what, when and why; newest first (ACC-4). */
export function MemberHistory({ id }: { id: string }) {
  const { t } = useTexts();
  const { data, error, refetch, fetchNextPage, hasNextPage, isFetchingNextPage } = useHistory(id);
  const entries = data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <section className="p-card p-history" aria-labelledby="user-history">
      <div className="p-history__head">
        <h2 id="user-history" className="ds-text-heading--lg p-flat">
          {t('users.history')}
        </h2>
        {entries.length > 0 && (
          <Button
            size="small"
            variation="ghost"
            className="p-no-print"
            onClick={() => window.print()}
          >
            {t('users.history.print')}
          </Button>
        )}
      </div>
      {error && !data && <ProblemAlert problem={problemOf(error)} retry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data && entries.length === 0 && <p>{t('users.history.empty')}</p>}
      <ol className="p-plain" aria-labelledby="user-history">
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
