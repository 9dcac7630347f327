import { Button } from '@cmsgov/design-system';
import { useEffect, useState } from 'react';
import { problemOf } from '../../api/client';
import type { Problem } from '../../api/types';
import { Page } from '../../app/page';
import { passStage } from '../../app/session-store';
import { useTexts } from '../../texts/context';
import { FormSummary } from '../../ui/form-summary';
import { Loading } from '../../ui/loading';
import { ProblemAlert } from '../../ui/problem-alert';
import { bareCode } from '../credentials/code-field';
import { FactorSetup } from '../credentials/factor-setup';
import { RecoveryCodes } from '../credentials/recovery-codes';
import { useForm } from '../register/use-form';
import { confirmFactor, postFactor } from './calls';
import type { Candidate } from './calls';
import { GiveUp } from './give-up';

const idOf = (field: string) => `enroll-${field}`;

function SetupForm({
  candidate,
  onCodes,
}: {
  candidate: Candidate;
  onCodes: (codes: readonly string[]) => void;
}) {
  const { t } = useTexts();
  const [code, setCode] = useState('');
  const { busy, outcome, submit } = useForm({
    names: ['code'],
    wrong: () => ({ ...(code.trim() === '' && { code: t('code.missing') }) }),
    send: async () => onCodes((await confirmFactor(bareCode(code))).recovery_codes),
    onDone: () => undefined,
  });
  return (
    <>
      <FormSummary heading={t('stage.problem')} outcome={outcome} idOf={idOf} />
      <form
        className="p-card"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <FactorSetup
          candidate={candidate}
          id={idOf('code')}
          code={code}
          onCode={setCode}
          error={outcome.fields['code']}
        />
        <div className="p-actions p-register__bar">
          <Button type="submit" variation="solid" aria-disabled={busy}>
            {t(busy ? 'stage.busy' : 'stage.goOn')}
          </Button>
        </div>
      </form>
    </>
  );
}

function Codes({ codes }: { codes: readonly string[] }) {
  const { t } = useTexts();
  return (
    <Page title={t('codes.title')} className="p-register">
      <RecoveryCodes codes={codes} onKept={() => void passStage()} />
    </Page>
  );
}

/** Administrators and staff set up a second factor before anything opens (CRD-9). */
export function EnrollPage() {
  const { t } = useTexts();
  const [candidate, setCandidate] = useState<Candidate | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const [tries, setTries] = useState(0);
  useEffect(() => {
    let wanted = true;
    setProblem(null);
    postFactor().then(
      (made) => wanted && setCandidate(made),
      (error: unknown) => wanted && setProblem(problemOf(error)),
    );
    return () => {
      wanted = false;
    };
  }, [tries]);
  if (codes) return <Codes codes={codes} />;
  return (
    <Page title={t('stage.enroll.title')} className="p-register">
      <p className="p-lead">{t('stage.enroll.lead')}</p>
      {problem && <ProblemAlert problem={problem} retry={() => setTries(tries + 1)} autoFocus />}
      {candidate && <SetupForm candidate={candidate} onCodes={setCodes} />}
      {!problem && !candidate && <Loading />}
      <GiveUp />
    </Page>
  );
}
