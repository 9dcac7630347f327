import { Alert, Button } from '@cmsgov/design-system';
import { useState } from 'react';
import { Link } from 'wouter';
import { problemOf } from '../../api/client';
import { flash } from '../../app/announcer';
import { Page } from '../../app/page';
import { useSession } from '../../app/session-context';
import { useTexts } from '../../texts/context';
import { Loading } from '../../ui/loading';
import { ProblemAlert } from '../../ui/problem-alert';
import { Decision } from './decision';
import { FlagsCard } from './flags-card';
import { NominationFacts } from './nomination-facts';
import { NOMINATIONS } from './paths';
import { PdfButton } from './pdf-button';
import { useNomination, useNominationChanged } from './queries';
import { Rounds } from './rounds';
import { Integrity, SignedForm } from './signed-form';
import type { Nomination } from './types';
import { VerifyForm } from './verify-form';

/** What was signed in the present round, with ways to put it on paper. */
function FormCard({ nomination }: { nomination: Nomination }) {
  const { t, instant } = useTexts();
  const { user } = useSession();
  const { form, form_intact: intact, form_sha256: sha256, round } = nomination;
  const [printedAt, setPrintedAt] = useState(() => new Date().toISOString());
  const print = () => {
    setPrintedAt(new Date().toISOString());
    // After the page has been drawn with the time.
    window.setTimeout(() => window.print());
  };
  return (
    <section className="p-card" aria-labelledby="nomination-form">
      <h2 id="nomination-form" className="ds-text-heading--lg p-flat">
        {t('nominations.form')}
      </h2>
      {!form && <p className="p-flat p-gap-top">{t('nominations.form.none')}</p>}
      {form && (
        <>
          <SignedForm form={form} />
          <Integrity intact={intact} sha256={sha256} />
          <p className="p-print-only">
            {t('nominations.print.by', { name: user.name, time: instant(printedAt) })}
          </p>
          <div className="p-actions p-gap-top p-no-print">
            <Button onClick={print}>{t('nominations.print')}</Button>
            <PdfButton nomination={nomination} round={round} />
          </div>
        </>
      )}
    </section>
  );
}

function OpenedNomination({ nomination }: { nomination: Nomination }) {
  const { t } = useTexts();
  const changed = useNominationChanged();
  // Rises with each time that somebody was faster, so that it is said again.
  const [beaten, setBeaten] = useState(0);
  const show = (after: Nomination) => {
    setBeaten(0);
    changed.shows(after);
  };
  const done = (after: Nomination, said: string) => {
    show(after);
    flash.here(said);
    window.scrollTo(0, 0);
    // The button that was pressed is gone.
    window.setTimeout(() =>
      document.getElementById('nomination-facts')?.focus({ preventScroll: true }),
    );
  };
  const again = () =>
    void changed.again(nomination).then(() => {
      setBeaten((before) => before + 1);
      window.scrollTo(0, 0);
    });
  return (
    <Page
      title={t('nominations.one.title', { practice: nomination.organization.name })}
      className="p-nomination"
    >
      {beaten > 0 && (
        <Alert key={beaten} variation="warn" autoFocus heading={t('nominations.changed')}>
          <p className="p-flat">{t('nominations.changedBody')}</p>
        </Alert>
      )}
      <NominationFacts nomination={nomination} />
      <FlagsCard nomination={nomination} />
      <FormCard nomination={nomination} />
      {nomination.state === 'signed' && (
        // What somebody else found meanwhile is shown, not what was ticked before.
        <VerifyForm
          key={nomination.version}
          nomination={nomination}
          onDone={show}
          onChanged={again}
        />
      )}
      <Decision nomination={nomination} onDone={done} onChanged={again} />
      <Rounds nomination={nomination} />
    </Page>
  );
}

interface Props {
  organizationId: string;
  id: string;
}

/** One nomination, with all that was signed in it (ORG-1). */
export function NominationPage({ organizationId, id }: Props) {
  const { t } = useTexts();
  const { data, error, refetch } = useNomination(organizationId, id);
  return (
    <>
      <p className="p-back p-no-print">
        <Link href={NOMINATIONS}>{t('nominations.back')}</Link>
      </p>
      {error && !data && (
        <Page title={t('nominations.title')}>
          <ProblemAlert
            problem={problemOf(error)}
            retry={problemOf(error).status === 404 ? undefined : () => void refetch()}
          />
        </Page>
      )}
      {!data && !error && <Loading />}
      {data && <OpenedNomination nomination={data} />}
    </>
  );
}
