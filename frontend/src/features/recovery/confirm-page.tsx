import { Button } from '@cmsgov/design-system';
import { useState } from 'react';
import { Link } from 'wouter';
import { problemOf } from '../../api/client';
import type { Problem } from '../../api/types';
import { Page } from '../../app/page';
import { useTexts } from '../../texts/context';
import { ProblemAlert } from '../../ui/problem-alert';
import { confirmAddress } from '../notices/calls';
import { LinkGone } from '../register/link-gone';
import { isGone } from '../register/link-problems';
import { confirmEmail } from './calls';

/** What the address is for: to sign in with, or for notices. */
const KINDS = {
  email: { texts: 'confirmEmail', send: confirmEmail },
  notices: { texts: 'confirmNotices', send: confirmAddress },
} as const;
type Kind = keyof typeof KINDS;

function Confirmed({ kind }: { kind: Kind }) {
  const { t } = useTexts();
  const { texts } = KINDS[kind];
  return (
    <Page title={t(`${texts}.done.title`)} className="p-register">
      <p>{t(`${texts}.done.body`)}</p>
      <p>
        <Link href="/">{t('confirmEmail.done.next')}</Link>
      </p>
    </Page>
  );
}

/** The link to an address. A person presses the button: what only fetches links, as mail filters do, spends none. */
export function ConfirmPage({ token, kind }: { token: string; kind: Kind }) {
  const { t } = useTexts();
  const { texts, send } = KINDS[kind];
  const [state, setState] = useState<'open' | 'busy' | 'done' | 'gone'>('open');
  const [problem, setProblem] = useState<Problem | null>(null);
  const confirm = async () => {
    if (state === 'busy') return;
    setState('busy');
    setProblem(null);
    try {
      await send(token);
      setState('done');
    } catch (error) {
      const told = problemOf(error);
      setState(isGone(told) ? 'gone' : 'open');
      setProblem(told);
    }
  };
  if (state === 'gone') return <LinkGone kind={kind} />;
  if (state === 'done') return <Confirmed kind={kind} />;
  return (
    <Page title={t(`${texts}.title`)} className="p-register">
      {problem && <ProblemAlert problem={problem} autoFocus />}
      <p>{t(`${texts}.lead`)}</p>
      <p>
        <Button variation="solid" aria-disabled={state === 'busy'} onClick={() => void confirm()}>
          {t(state === 'busy' ? 'recovery.busy' : 'confirmEmail.submit')}
        </Button>
      </p>
    </Page>
  );
}
