import { Button, Dialog } from '@cmsgov/design-system';
import { useEffect, useState } from 'react';
import { useLocation, useSearch } from 'wouter';
import { problemOf } from '../../api/client';
import { flash } from '../../app/announcer';
import { Page } from '../../app/page';
import { useSession } from '../../app/session-context';
import { useTexts } from '../../texts/context';
import { Loading } from '../../ui/loading';
import { ProblemAlert } from '../../ui/problem-alert';
import { useDebounced } from '../../ui/use-debounced';
import { currentCursor } from '../messages/cursor-stack';
import type { CursorStack } from '../messages/cursor-stack';
import { StackPager } from '../messages/pager';
import { FilterSelect } from '../users/list-filters';
import { CallForm } from './call-form';
import { CallsInForce } from './calls-in-force';
import { OverviewTabs } from './overview-tabs';
import { OVERVIEW } from './paths';
import { PracticeDialog } from './practice-dialog';
import { PracticesTable } from './practices-table';
import { useOverview, useOverviewChanged } from './queries';
import { STATES } from './types';
import type { OverviewRow, Practice, State } from './types';
import { callsReviews } from './who';

const TYPING_PAUSE_MS = 300;

/** Which practices are listed: from the address, which anybody may have written. */
function useShown(): [State | '', (state: State | '') => void] {
  const [, navigate] = useLocation();
  const given = new URLSearchParams(useSearch()).get('state');
  const state = STATES.find((each) => each === given) ?? '';
  return [
    state,
    (next) => navigate(next ? `${OVERVIEW}?state=${next}` : OVERVIEW, { replace: true }),
  ];
}

const MOVING_MS = 30_000;

/** For a while after a call the numbers change by themselves, one practice after the other. */
function useMoving(): [boolean, () => void] {
  const [calls, setCalls] = useState(0);
  const [over, setOver] = useState(0);
  useEffect(() => {
    const timer = window.setTimeout(() => setOver(calls), MOVING_MS);
    return () => window.clearTimeout(timer);
  }, [calls]);
  return [calls > over, () => setCalls(calls + 1)];
}

interface FiltersProps {
  typed: string;
  state: State | '';
  onType: (text: string) => void;
  onState: (state: State | '') => void;
}

function OverviewFilters({ typed, state, onType, onState }: FiltersProps) {
  const { t } = useTexts();
  return (
    <div
      className="p-users-filters p-overview__filters"
      role="search"
      aria-label={t('overview.title')}
    >
      <div className="p-users-filters__search">
        <label className="ds-c-label" htmlFor="overview-search">
          {t('overview.search')}
        </label>
        <input
          id="overview-search"
          className="ds-c-field"
          type="search"
          autoComplete="off"
          spellCheck={false}
          value={typed}
          onChange={(event) => onType(event.currentTarget.value)}
        />
      </div>
      <FilterSelect
        id="overview-state"
        label="overview.show"
        value={state}
        values={STATES}
        textOf={(each) => `overview.state.${each}`}
        onChange={onState}
      />
    </div>
  );
}

/** How far each practice is with the review of its users, and who is late (REV-1, REV-4). */
export function OverviewPage() {
  const { t, tn } = useTexts();
  const [state, setState] = useShown();
  const [typed, setTyped] = useState('');
  const [stack, setStack] = useState<CursorStack>([]);
  const [chosen, setChosen] = useState<readonly Practice[]>([]);
  const [shown, setShown] = useState<OverviewRow | null>(null);
  const [moving, startMoving] = useMoving();
  const [calling, setCalling] = useState(false);
  const changed = useOverviewChanged();
  const search = useDebounced(typed, TYPING_PAUSE_MS).trim();
  const calls = callsReviews(useSession());
  const { data, error, refetch, isPlaceholderData } = useOverview(
    state,
    search,
    currentCursor(stack),
    moving,
  );
  const choose = (practice: Practice, on: boolean) => {
    const others = chosen.filter(({ id }) => id !== practice.id);
    setChosen(on ? [...others, practice] : others);
  };
  return (
    <Page
      title={t('overview.title')}
      aside={
        calls && (
          <Button variation="solid" onClick={() => setCalling(true)}>
            {chosen.length > 0 ? tn('overview.callChosen', chosen.length) : t('overview.call')}
          </Button>
        )
      }
    >
      <OverviewTabs />
      <p className="p-lead p-roster__lead">{t('overview.lead')}</p>
      <CallsInForce />
      <OverviewFilters
        typed={typed}
        state={state}
        onType={(text) => {
          setStack([]);
          setTyped(text);
        }}
        onState={(next) => {
          setStack([]);
          setState(next);
        }}
      />
      {error && !data && <ProblemAlert problem={problemOf(error)} retry={() => void refetch()} />}
      {!data && !error && <Loading />}
      <p className="ds-u-visibility--screen-reader" role="status">
        {data && !isPlaceholderData && tn('overview.shown', data.items.length)}
      </p>
      {data?.items.length === 0 && (
        <p className="p-empty p-empty--alone">
          {t(search || state ? 'overview.empty' : 'overview.nothing')}
        </p>
      )}
      {data && data.items.length > 0 && (
        <PracticesTable
          rows={data.items}
          chosen={chosen}
          onChoose={calls ? choose : null}
          onShow={setShown}
        />
      )}
      {data && (
        <StackPager
          label={t('overview.pages')}
          stack={stack}
          next={isPlaceholderData ? null : data.next_cursor}
          onMove={setStack}
        />
      )}
      <PracticeDialog row={shown} onClose={() => setShown(null)} />
      <Dialog
        isOpen={calling}
        onExit={() => setCalling(false)}
        heading={t('overview.call')}
        ariaCloseLabel={t('app.close')}
      >
        {calling && (
          <CallForm
            chosen={chosen}
            onCalled={() => {
              setCalling(false);
              setChosen([]);
              startMoving();
              void changed();
              flash.here(t('overview.call.done'));
              window.scrollTo(0, 0);
            }}
            onClose={() => setCalling(false)}
          />
        )}
      </Dialog>
    </Page>
  );
}
