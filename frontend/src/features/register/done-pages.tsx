import { useState } from 'react';
import { Link } from 'wouter';
import { Page } from '../../app/page';
import { useTexts } from '../../texts/context';
import { RecoveryCodes } from '../credentials/recovery-codes';
import type { Completed } from './calls';

function CodesPage({ codes, onKept }: { codes: readonly string[]; onKept: () => void }) {
  const { t } = useTexts();
  return (
    <Page title={t('codes.title')} className="p-register">
      <RecoveryCodes codes={codes} onKept={onKept} />
    </Page>
  );
}

function ReadyPage() {
  const { t } = useTexts();
  return (
    <Page title={t('register.done.title')} className="p-register">
      <p>{t('register.done.body')}</p>
      <p>
        <Link href="/">{t('register.toSignIn')}</Link>
      </p>
    </Page>
  );
}

/** First the recovery codes, which are never shown again; then one signs in. */
export function DonePages({ completed }: { completed: Completed }) {
  const [kept, setKept] = useState(completed.recovery_codes.length === 0);
  if (kept) return <ReadyPage />;
  return <CodesPage codes={completed.recovery_codes} onKept={() => setKept(true)} />;
}
