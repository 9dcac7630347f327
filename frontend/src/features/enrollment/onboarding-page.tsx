import { useState } from 'react';
import { problemOf } from '../../api/client';
import { Page } from '../../app/page';
import { useTexts } from '../../texts/context';
import { Loading } from '../../ui/loading';
import { ProblemAlert } from '../../ui/problem-alert';
import { currentCursor } from '../messages/cursor-stack';
import type { CursorStack } from '../messages/cursor-stack';
import { StackPager } from '../messages/pager';
import { EnrollmentTabs } from './enrollment-tabs';
import { LackFilter, useLack } from './lack-filter';
import { ONBOARDING } from './paths';
import { useStandings } from './queries';
import { StandingTable } from './standing-table';

/** All practices by what they lack first: whom no form has reached, what waits to be verified, and so on (ORG-2, ORG-3). */
export function OnboardingPage() {
  const { t, tn } = useTexts();
  const [lacks, setLacks] = useLack(ONBOARDING);
  const [stack, setStack] = useState<CursorStack>([]);
  const { data, error, refetch, isPlaceholderData } = useStandings(lacks, currentCursor(stack));
  return (
    <Page title={t('onboarding.title')}>
      <EnrollmentTabs />
      <p className="p-lead p-roster__lead">{t('onboarding.lead')}</p>
      <LackFilter
        label={t('onboarding.title')}
        value={lacks}
        onChange={(next) => {
          setStack([]);
          setLacks(next);
        }}
      />
      {lacks && <p className="p-flat">{t(`onboarding.next.${lacks}`)}</p>}
      {error && !data && <ProblemAlert problem={problemOf(error)} retry={() => void refetch()} />}
      {!data && !error && <Loading />}
      <p className="ds-u-visibility--screen-reader" role="status">
        {data && !isPlaceholderData && tn('organizations.shown', data.items.length)}
      </p>
      {data?.items.length === 0 && (
        <p className="p-empty p-empty--alone">
          {t(lacks ? 'onboarding.empty' : 'organizations.none')}
        </p>
      )}
      {data && data.items.length > 0 && (
        <StandingTable rows={data.items} caption={t('onboarding.title')} waves />
      )}
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
