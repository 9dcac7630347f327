import { useState } from 'react';
import { Link } from 'wouter';
import { problemOf } from '../../api/client';
import { useTexts } from '../../texts/context';
import { Loading } from '../../ui/loading';
import { ProblemAlert } from '../../ui/problem-alert';
import { useDebounced } from '../../ui/use-debounced';
import { currentCursor } from '../messages/cursor-stack';
import type { CursorStack } from '../messages/cursor-stack';
import { StackPager } from '../messages/pager';
import { dayText } from '../review-overview/day';
import { scopePath } from './paths';
import { useOrganizationChoices, useWaveChoices } from './queries';

const TYPING_PAUSE_MS = 300;

/** Any practice, by name or TIN; its page is where an exception is set. */
export function OrganizationChoices() {
  const { t, tn } = useTexts();
  const [typed, setTyped] = useState('');
  const [stack, setStack] = useState<CursorStack>([]);
  const search = useDebounced(typed, TYPING_PAUSE_MS).trim();
  const { data, error, refetch, isPlaceholderData } = useOrganizationChoices(
    search,
    currentCursor(stack),
  );
  return (
    <div role="search" aria-label={t('phases.find')}>
      <label className="ds-c-label" htmlFor="phases-search">
        {t('phases.search')}
      </label>
      <input
        id="phases-search"
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
      {error && !data && <ProblemAlert problem={problemOf(error)} retry={() => void refetch()} />}
      {!data && !error && <Loading />}
      <p className="ds-u-visibility--screen-reader" role="status">
        {data && !isPlaceholderData && tn('phases.shown', data.items.length)}
      </p>
      {data?.items.length === 0 && <p className="p-muted">{t('phases.empty')}</p>}
      <ul className="p-plain p-gap-top">
        {data?.items.map(({ id, name, tin }) => (
          <li key={id}>
            <Link href={scopePath(id)}>{name}</Link>{' '}
            <span className="p-muted">{t('phases.tin', { tin })}</span>
          </li>
        ))}
      </ul>
      {data && (
        <StackPager
          label={t('phases.pages')}
          stack={stack}
          next={isPlaceholderData ? null : data.next_cursor}
          onMove={setStack}
        />
      )}
    </div>
  );
}

/** Any wave, the latest first. */
export function WaveChoices() {
  const { t, language } = useTexts();
  const [stack, setStack] = useState<CursorStack>([]);
  const { data, error, refetch, isPlaceholderData } = useWaveChoices(currentCursor(stack));
  return (
    <>
      {error && !data && <ProblemAlert problem={problemOf(error)} retry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data?.items.length === 0 && <p className="p-muted">{t('phases.noneAtAll')}</p>}
      <ul className="p-plain">
        {data?.items.map(({ id, name, send_on }) => (
          <li key={id}>
            <Link href={scopePath(id)}>{name}</Link>{' '}
            <span className="p-muted">
              {t('phases.sendOn', { day: dayText(language, send_on) })}
            </span>
          </li>
        ))}
      </ul>
      {data && (
        <StackPager
          label={t('phases.pages')}
          stack={stack}
          next={isPlaceholderData ? null : data.next_cursor}
          onMove={setStack}
        />
      )}
    </>
  );
}
