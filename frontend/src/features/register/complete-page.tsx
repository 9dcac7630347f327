import { useState } from 'react';
import { Link } from 'wouter';
import { Page } from '../../app/page';
import { useTexts } from '../../texts/context';
import { Loading } from '../../ui/loading';
import { ProblemAlert } from '../../ui/problem-alert';
import { AccountSteps } from './account-steps';
import { completeRegistration, lookAtLink, postCandidate } from './calls';
import type { Completed } from './calls';
import { DonePages } from './done-pages';
import { LinkGone } from './link-gone';
import { useLook } from './use-look';

function SignInInstead({ email }: { email: string }) {
  const { t } = useTexts();
  return (
    <Page title={t('register.instead.title')} className="p-register">
      <p>{t('register.instead.body', { email })}</p>
      <p>
        <Link href="/">{t('register.toSignIn')}</Link>
      </p>
    </Page>
  );
}

/** The mailed link: who one is, a password, questions, a second factor, the terms (CRD-1, CRD-3, CRD-6, CRD-9). */
export function CompletePage({ token }: { token: string }) {
  const { t } = useTexts();
  const { looked, again, gone } = useLook(() => lookAtLink(token));
  const [completed, setCompleted] = useState<Completed | null>(null);
  if (completed) return <DonePages completed={completed} />;
  switch (looked.step) {
    case 'looking':
      return <Loading />;
    case 'gone':
      return <LinkGone />;
    case 'failed':
      return <ProblemAlert problem={looked.problem} retry={again} />;
    case 'found': {
      const invited = looked.view;
      if (invited.signs_in_instead) return <SignInInstead email={invited.email} />;
      return (
        <AccountSteps
          invited={invited}
          registers
          title={t('register.complete.title')}
          lead={
            invited.organization
              ? t('register.complete.lead', { organization: invited.organization })
              : t('register.complete.leadPlan')
          }
          candidate={() => postCandidate(token)}
          send={(name, entered) => completeRegistration(token, name, entered)}
          onDone={setCompleted}
          onGone={gone}
        />
      );
    }
  }
}
