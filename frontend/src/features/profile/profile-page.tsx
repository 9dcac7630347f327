import '../../styles/users.css';
import '../../styles/register.css';
import '../../styles/credentials.css';
import '../../styles/profile.css';
import '../../texts/credentials';
import '../../texts/profile';
import '../../texts/register';
import { useEffect } from 'react';
import { problemOf } from '../../api/client';
import { Page } from '../../app/page';
import { useTexts } from '../../texts/context';
import { Loading } from '../../ui/loading';
import { ProblemAlert } from '../../ui/problem-alert';
import { OwnSharingNote } from '../sharing/own-note';
import { OwnStops } from '../stops/own-stops';
import { DetailsSection } from './details-section';
import { EmailSection } from './email-section';
import { FactorSection } from './factor-section';
import { NoticesSection } from './notices-section';
import { PasswordSection } from './password-section';
import { QuestionsSection } from './questions-section';
import { showInShell, useProfile } from './queries';
import { forgetDone } from './section';
import { SessionsSection } from './sessions-section';
import type { Profile } from './types';
import { UnsavedContext, useUnsaved } from './unsaved';

function Sections({ profile }: { profile: Profile }) {
  return (
    <UnsavedContext.Provider value={useUnsaved()}>
      <DetailsSection profile={profile} />
      <EmailSection profile={profile} />
      <NoticesSection />
      <PasswordSection profile={profile} />
      <QuestionsSection profile={profile} />
      <FactorSection profile={profile} />
      <SessionsSection />
    </UnsavedContext.Provider>
  );
}

/** One's own account (PLT-4). */
export function ProfilePage() {
  const { t } = useTexts();
  const { data, error, refetch } = useProfile();
  useEffect(() => forgetDone, []);
  useEffect(() => {
    if (data) showInShell(data);
  }, [data]);
  return (
    <Page title={t('profile.title')} className="p-profile">
      <p className="p-lead">{t('profile.lead')}</p>
      {error && !data && <ProblemAlert problem={problemOf(error)} retry={() => void refetch()} />}
      {!data && !error && <Loading />}
      <OwnStops />
      <OwnSharingNote />
      {data && <Sections profile={data} />}
    </Page>
  );
}
