import { useState } from 'react';
import { useTexts } from '../../texts/context';
import { Loading } from '../../ui/loading';
import { ProblemAlert } from '../../ui/problem-alert';
import { AccountSteps } from '../register/account-steps';
import type { Completed } from '../register/calls';
import { DonePages } from '../register/done-pages';
import { LinkGone } from '../register/link-gone';
import { useLook } from '../register/use-look';
import { completeSetUp, lookAtSetUp, postSetUpCandidate } from './calls';

/** After a helpdesk case: password, questions and second factor anew, by the link to the address on file (CRD-5). */
export function SetUpPage({ token }: { token: string }) {
  const { t } = useTexts();
  const { looked, again, gone } = useLook(() => lookAtSetUp(token));
  const [completed, setCompleted] = useState<Completed | null>(null);
  if (completed) return <DonePages completed={completed} />;
  switch (looked.step) {
    case 'looking':
      return <Loading />;
    case 'gone':
      return <LinkGone kind="setUp" />;
    case 'failed':
      return <ProblemAlert problem={looked.problem} retry={again} />;
    case 'found':
      return (
        <AccountSteps
          invited={looked.view}
          registers={false}
          title={t('setUp.title')}
          lead={t('setUp.lead')}
          candidate={() => postSetUpCandidate(token)}
          send={(_, entered) => completeSetUp(token, entered)}
          onDone={setCompleted}
          onGone={gone}
        />
      );
  }
}
