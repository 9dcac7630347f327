import { useState } from 'react';
import { Link, useLocation, useSearch } from 'wouter';
import { problemOf } from '../../api/client';
import { Page } from '../../app/page';
import { useTexts } from '../../texts/context';
import { Loading } from '../../ui/loading';
import { ProblemAlert } from '../../ui/problem-alert';
import { EnrollmentTabs } from '../enrollment/enrollment-tabs';
import { currentCursor } from '../messages/cursor-stack';
import type { CursorStack } from '../messages/cursor-stack';
import { StackPager } from '../messages/pager';
import { NominationsTable } from './nominations-table';
import { NOMINATIONS, REQUESTS } from './paths';
import { placeIn, PLACES } from './place';
import type { Place } from './place';
import { useNominations } from './queries';

interface FilterProps {
  place: Place;
  onChange: (place: Place) => void;
}

function PlaceFilter({ place, onChange }: FilterProps) {
  const { t } = useTexts();
  return (
    <div className="p-nominations__filter">
      <label className="ds-c-label" htmlFor="nominations-place">
        {t('nominations.show')}
      </label>
      <select
        id="nominations-place"
        className="ds-c-field"
        value={place}
        onChange={(event) =>
          onChange(PLACES.find((each) => each === event.currentTarget.value) ?? place)
        }
      >
        {PLACES.map((each) => (
          <option key={each} value={each}>
            {t(`nominations.place.${each}`)}
          </option>
        ))}
      </select>
    </div>
  );
}

/** One place of the list, page by page. */
function NominationsList({ place }: { place: Place }) {
  const { t, tn } = useTexts();
  const [stack, setStack] = useState<CursorStack>([]);
  const { data, error, refetch, isPlaceholderData } = useNominations(place, currentCursor(stack));
  return (
    <>
      {error && !data && <ProblemAlert problem={problemOf(error)} retry={() => void refetch()} />}
      {!data && !error && <Loading />}
      <p className="ds-u-visibility--screen-reader" role="status">
        {data && !isPlaceholderData && tn('nominations.shown', data.items.length)}
      </p>
      {data?.items.length === 0 && (
        <p className="p-empty p-empty--alone">{t(`nominations.none.${place}`)}</p>
      )}
      {data && data.items.length > 0 && <NominationsTable rows={data.items} />}
      {data && (
        <StackPager
          label={t('nominations.pages')}
          stack={stack}
          next={isPlaceholderData ? null : data.next_cursor}
          onMove={setStack}
        />
      )}
    </>
  );
}

/** What waits for enrollment, what is with the executives, and what has ended (ORG-1). */
export function NominationsPage() {
  const { t } = useTexts();
  const [, navigate] = useLocation();
  const place = placeIn(useSearch());
  return (
    <Page title={t('nominations.title')}>
      <EnrollmentTabs />
      <p className="p-lead p-roster__lead">{t('nominations.lead')}</p>
      <p>
        <Link href={REQUESTS}>{t('nominations.toRequests')}</Link>
      </p>
      <PlaceFilter
        place={place}
        onChange={(next) => navigate(`${NOMINATIONS}?state=${next}`, { replace: true })}
      />
      {/* Another place begins with its first page, however one came there. */}
      <NominationsList key={place} place={place} />
    </Page>
  );
}
