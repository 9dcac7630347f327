import { Button } from '@cmsgov/design-system';
import { useState } from 'react';
import { Link } from 'wouter';
import { problemOf } from '../../api/client';
import type { Problem } from '../../api/types';
import { Page } from '../../app/page';
import { useTexts } from '../../texts/context';
import { ProblemAlert } from '../../ui/problem-alert';
import { LinkGone } from '../register/link-gone';
import { isGone } from '../register/link-problems';
import { confirmEmail } from './calls';

function Confirmed() {
  const { t } = useTexts();
  return (
    <Page title={t('confirmEmail.done.title')} className="p-register">
      <p>{t('confirmEmail.done.body')}</p>
      <p>
        <Link href="/">{t('confirmEmail.done.next')}</Link>
      </p>
    </Page>
  );
}

/** The link to a new address. A person presses the button: what only fetches links, as mail filters do, spends none. */
export function ConfirmEmailPage({ token }: { token: string }) {
  const { t } = useTexts();
  const [state, setState] = useState<'open' | 'busy' | 'done' | 'gone'>('open');
  const [problem, setProblem] = useState<Problem | null>(null);
  const confirm = async () => {
    if (state === 'busy') return;
    setState('busy');
    setProblem(null);
    try {
      await confirmEmail(token);
      setState('done');
    } catch (error) {
      const told = problemOf(error);
      setState(isGone(told) ? 'gone' : 'open');
      setProblem(told);
    }
  };
  if (state === 'gone') return <LinkGone kind="email" />;
  if (state === 'done') return <Confirmed />;
  return (
    <Page title={t('confirmEmail.title')} className="p-register">
      {problem && <ProblemAlert problem={problem} autoFocus />}
      <p>{t('confirmEmail.lead')}</p>
      <p>
        <Button variation="solid" aria-disabled={state === 'busy'} onClick={() => void confirm()}>
          {t(state === 'busy' ? 'recovery.busy' : 'confirmEmail.submit')}
        </Button>
      </p>
    </Page>
  );
}
