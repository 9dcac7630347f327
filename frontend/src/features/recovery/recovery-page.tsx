import { useState } from 'react';
import { Link } from 'wouter';
import type { Problem } from '../../api/types';
import { Page } from '../../app/page';
import { useTexts } from '../../texts/context';
import { Loading } from '../../ui/loading';
import { ProblemAlert } from '../../ui/problem-alert';
import { LinkGone } from '../register/link-gone';
import { isGone } from '../register/link-problems';
import { useLook } from '../register/use-look';
import { Helpdesk } from '../sign-in/helpdesk';
import { lookAtRecovery } from './calls';
import { AnswersStep, CodeStep, PasswordStep } from './recovery-steps';

function Changed() {
  const { t } = useTexts();
  return (
    <Page title={t('reset.done.title')} className="p-register">
      <p>{t('reset.done.body')}</p>
      <p>
        <Link href="/">{t('register.toSignIn')}</Link>
      </p>
    </Page>
  );
}

/** The attempts are used up, or there are no questions to ask: only the helpdesk goes on from here (CRD-4, CRD-5). */
function Closed({ problem }: { problem: Problem }) {
  const { t } = useTexts();
  return (
    <Page title={problem.title} className="p-register">
      <p>{problem.detail}</p>
      <Helpdesk lead={t('signIn.call')} />
      <p>{t('recovery.closed.next')}</p>
      <p>
        <Link href="/">{t('register.toSignIn')}</Link>
      </p>
    </Page>
  );
}

/** A new password by the mailed link: two questions, a code where there is a second factor, the password (CRD-4). */
export function RecoveryPage({ token }: { token: string }) {
  const { looked, again, found, gone } = useLook(() => lookAtRecovery(token));
  const [closed, setClosed] = useState<Problem | null>(null);
  const [done, setDone] = useState(false);
  const refused =
    closed ??
    (looked.step === 'failed' && looked.problem.code === 'recovery_closed' ? looked.problem : null);
  if (refused) return <Closed problem={refused} />;
  if (done) return <Changed />;
  const on = {
    next: found,
    /** True when the step itself has nothing more to say. */
    problem: (problem: Problem) => {
      if (isGone(problem)) gone();
      else if (problem.code === 'recovery_closed') setClosed(problem);
      else {
        // How many attempts are left, and which step comes next, only the portal knows.
        if (['recovery_failed', 'recovery_step'].includes(problem.code)) again();
        return false;
      }
      return true;
    },
  };
  switch (looked.step) {
    case 'looking':
      return <Loading />;
    case 'gone':
      return <LinkGone kind="reset" />;
    case 'failed':
      return <ProblemAlert problem={looked.problem} retry={again} />;
    case 'found':
      switch (looked.view.step) {
        case 'questions':
          return <AnswersStep token={token} recovery={looked.view} on={on} />;
        case 'factor':
          return <CodeStep token={token} recovery={looked.view} on={on} />;
        case 'password':
          return <PasswordStep token={token} on={on} onDone={() => setDone(true)} />;
      }
  }
}
