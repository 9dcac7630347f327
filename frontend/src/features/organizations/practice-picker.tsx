import { useState } from 'react';
import { problemOf } from '../../api/client';
import { useTexts } from '../../texts/context';
import { Loading } from '../../ui/loading';
import { ProblemAlert } from '../../ui/problem-alert';
import { useDebounced } from '../../ui/use-debounced';
import { currentCursor } from '../messages/cursor-stack';
import type { CursorStack } from '../messages/cursor-stack';
import { StackPager } from '../messages/pager';
import { useOrganizations } from './queries';
import type { OrganizationRow } from './types';

const TYPING_PAUSE_MS = 300;

interface Props {
  id: string;
  legend: string;
  hint?: string;
  error?: string | undefined;
  /** Chosen so far; they stay chosen on other pages. */
  chosen: readonly OrganizationRow[];
  /** One at most, or several. */
  several: boolean;
  /** Those that can't be chosen, such as the practice itself. */
  without?: (row: OrganizationRow) => boolean;
  onChange: (chosen: OrganizationRow[]) => void;
}

/** Chooses practices out of all, which are searched by name or TIN and come page by page. */
export function PracticePicker(props: Props) {
  const { id, legend, hint, error, chosen, several, without, onChange } = props;
  const { t, tn } = useTexts();
  const [typed, setTyped] = useState('');
  const [stack, setStack] = useState<CursorStack>([]);
  const search = useDebounced(typed, TYPING_PAUSE_MS).trim();
  const answer = useOrganizations(search, currentCursor(stack));
  const { data, isPlaceholderData } = answer;
  const offered = data?.items.filter((row) => !row.closed && !without?.(row));
  const choose = (row: OrganizationRow, on: boolean) => {
    const others = several ? chosen.filter((one) => one.id !== row.id) : [];
    onChange(on ? [...others, row] : others);
  };
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ');
  return (
    <fieldset
      id={id}
      tabIndex={-1}
      className={`p-group p-picker ${error ? 'p-field--error' : ''}`}
      aria-describedby={described || undefined}
    >
      <legend className="ds-c-label">{legend}</legend>
      {hint && (
        <p className="ds-c-hint p-flat" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {error && (
        <p className="ds-c-inline-error p-flat" id={`${id}-error`}>
          {error}
        </p>
      )}
      <label className="ds-c-label" htmlFor={`${id}-search`}>
        {t('organizations.search')}
      </label>
      <input
        id={`${id}-search`}
        className="ds-c-field p-picker__search"
        type="search"
        autoComplete="off"
        spellCheck={false}
        value={typed}
        // Return looks; it doesn't send the form around it.
        onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
        onChange={(event) => {
          setStack([]);
          setTyped(event.currentTarget.value);
        }}
      />
      {answer.error && !data && (
        <ProblemAlert problem={problemOf(answer.error)} retry={() => void answer.refetch()} />
      )}
      {!data && !answer.error && <Loading />}
      <p className="ds-u-visibility--screen-reader" role="status">
        {offered && !isPlaceholderData && tn('organizations.shown', offered.length)}
      </p>
      {offered?.length === 0 && <p className="p-flat p-muted">{t('organizations.empty')}</p>}
      <ul className="p-plain p-picker__rows">
        {offered?.map((row) => (
          <li key={row.id}>
            <label className="p-check p-picker__row">
              <input
                type={several ? 'checkbox' : 'radio'}
                name={id}
                checked={chosen.some((one) => one.id === row.id)}
                onChange={(event) => choose(row, event.currentTarget.checked)}
              />
              <span>
                {row.name}
                <span className="p-overview__tin">
                  {t('organizations.tinOf', { tin: row.tin })}
                </span>
              </span>
            </label>
          </li>
        ))}
      </ul>
      {data && (
        <StackPager
          label={t('organizations.pages')}
          stack={stack}
          next={isPlaceholderData ? null : data.next_cursor}
          onMove={setStack}
        />
      )}
      <p className="p-flat p-strong" aria-live="polite">
        {chosen.length > 0 &&
          t('organizations.chosen', { names: chosen.map(({ name }) => name).join(', ') })}
      </p>
    </fieldset>
  );
}
