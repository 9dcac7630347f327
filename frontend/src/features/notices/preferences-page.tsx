import '../../styles/users.css';
import '../../styles/profile.css';
import '../../texts/profile';
import { useEffect } from 'react';
import { problemOf } from '../../api/client';
import { Page } from '../../app/page';
import { useTexts } from '../../texts/context';
import { Loading } from '../../ui/loading';
import { ProblemAlert } from '../../ui/problem-alert';
import { forgetDone } from '../profile/section';
import { UnsavedContext, useUnsaved } from '../profile/unsaved';
import { OwnStops } from '../stops/own-stops';
import { AddressSection } from './address-section';
import { ChannelsSection, KEPT } from './channels-section';
import { useNotices } from './queries';
import type { Notices } from './types';

function Sections({ notices }: { notices: Notices }) {
  return (
    <UnsavedContext.Provider value={useUnsaved(KEPT)}>
      <ChannelsSection notices={notices} />
      <AddressSection notices={notices} />
    </UnsavedContext.Provider>
  );
}

/** How one is told about what, and at which address (NOT-1). */
export function PreferencesPage() {
  const { t } = useTexts();
  const { data, error, refetch } = useNotices();
  useEffect(() => forgetDone, []);
  return (
    <Page title={t('nav.preferences')} className="p-profile">
      <p className="p-lead">{t('notices.lead')}</p>
      <OwnStops />
      {error && !data && <ProblemAlert problem={problemOf(error)} retry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data && <Sections notices={data} />}
    </Page>
  );
}
