import '../../styles/phases.css';
import '../../texts/directory';
import { Button, TextField } from '@cmsgov/design-system';
import { useEffect, useRef, useState } from 'react';
import { Link } from 'wouter';
import { Page } from '../../app/page';
import { useTexts } from '../../texts/context';
import { FormSummary } from '../../ui/form-summary';
import { REQUEST } from '../nominate/paths';
import { useForm } from '../register/use-form';
import { lookUp } from './calls';
import { RequestForm } from './request-form';
import type { HasAdministrator } from './types';

const idOf = (field: string) => `directory-${field}`;

interface Found {
  tin: string;
  administrator: HasAdministrator;
}

/** What to do next: reach the administrators, or have one named. */
function Result({ found, onSent }: { found: Found; onSent: () => void }) {
  const { t } = useTexts();
  const heading = useRef<HTMLHeadingElement>(null);
  const yes = found.administrator === 'yes';
  // The answer comes below the form that asked for it.
  useEffect(() => heading.current?.focus(), [found]);
  return (
    <section className="p-card p-directory__result" aria-labelledby="directory-result">
      <h2 id="directory-result" ref={heading} tabIndex={-1} className="ds-text-heading--lg p-flat">
        {t(yes ? 'directory.yes' : 'directory.no')}
      </h2>
      <p>{t(yes ? 'directory.yesBody' : 'directory.noBody')}</p>
      {yes ? (
        <p>
          {t('directory.yesRegister')}{' '}
          <Link href="/register">{t('directory.yesRegisterLink')}</Link>
        </p>
      ) : (
        <p>
          <Link href={REQUEST} className="ds-c-button ds-c-button--solid">
            {t('directory.noNominate')}
          </Link>
        </p>
      )}
      <p>{t(yes ? 'directory.yesAsk' : 'directory.noAsk')}</p>
      <RequestForm key={found.tin} tin={found.tin} toPlan={!yes} onSent={onSent} />
    </section>
  );
}

/** The same answer for everybody. */
function Sent({ onAnother }: { onAnother: () => void }) {
  const { t } = useTexts();
  return (
    <Page title={t('directory.done.title')} className="p-register">
      <p>{t('directory.done.body')}</p>
      <div className="p-actions">
        <Button onClick={onAnother}>{t('directory.another')}</Button>
        <Link href="/">{t('directory.toSignIn')}</Link>
      </div>
    </Page>
  );
}

/** Anybody learns for an exact TIN whether the practice has an administrator, and how to reach or name one (ORG-6). */
export function DirectoryPage() {
  const { t } = useTexts();
  const [typed, setTyped] = useState('');
  const [found, setFound] = useState<Found | null>(null);
  const [sent, setSent] = useState(false);
  const tin = typed.trim();
  const { busy, outcome, submit } = useForm({
    names: ['tin'],
    wrong: () => ({ ...(tin === '' && { tin: t('directory.missing.tin') }) }),
    send: async () => setFound({ tin, ...(await lookUp(tin)) }),
    onDone: () => undefined,
  });
  if (sent) {
    const another = () => {
      setTyped('');
      setFound(null);
      setSent(false);
    };
    return <Sent onAnother={another} />;
  }
  return (
    <Page title={t('directory.title')} className="p-register">
      <p className="p-lead">{t('directory.lead')}</p>
      <FormSummary heading={t('directory.summary')} outcome={outcome} idOf={idOf} />
      <form
        className="p-card"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <TextField
          id={idOf('tin')}
          name="tin"
          label={t('directory.tin')}
          hint={t('directory.tinHint')}
          autoComplete="off"
          spellCheck={false}
          value={typed}
          onChange={(event: { target: HTMLInputElement }) => {
            setTyped(event.target.value);
            // An answer stands for the number that was asked for.
            setFound(null);
          }}
          errorMessage={outcome.fields['tin']}
          aria-required
        />
        <div className="p-actions p-register__bar">
          <Button type="submit" variation="solid" aria-disabled={busy}>
            {t(busy ? 'directory.looking' : 'directory.look')}
          </Button>
          <Link href="/">{t('directory.toSignIn')}</Link>
        </div>
      </form>
      {found && <Result found={found} onSent={() => setSent(true)} />}
    </Page>
  );
}
