import { useEffect, useRef, useState } from 'react';
import { problemOf } from '../../api/client';
import type { Problem } from '../../api/types';
import { useTexts } from '../../texts/context';
import { Loading } from '../../ui/loading';
import { ProblemAlert } from '../../ui/problem-alert';
import { FactorSetup } from '../credentials/factor-setup';
import type { Candidate } from './calls';
import { isGone } from './link-problems';

interface Props {
  ask: () => Promise<Candidate>;
  id: string;
  code: string;
  error: string | undefined;
  onCode: (code: string) => void;
  onGone: () => void;
}

/** The second factor that is set up with the link; the portal answers the same seed when it is asked again. */
export function CandidateSetup({ ask, id, code, error, onCode, onGone }: Props) {
  const { t } = useTexts();
  const [candidate, setCandidate] = useState<Candidate | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [tries, setTries] = useState(0);
  const asked = useRef({ ask, onGone });
  useEffect(() => {
    asked.current = { ask, onGone };
  });
  useEffect(() => {
    let wanted = true;
    setProblem(null);
    asked.current.ask().then(
      (made) => wanted && setCandidate(made),
      (reason: unknown) => {
        const told = problemOf(reason);
        if (!wanted) return;
        if (isGone(told)) asked.current.onGone();
        else setProblem(told);
      },
    );
    return () => {
      wanted = false;
    };
  }, [tries]);
  if (problem)
    return <ProblemAlert problem={problem} retry={() => setTries(tries + 1)} autoFocus />;
  if (!candidate) return <Loading />;
  return (
    <>
      <p>{t('register.factorLead')}</p>
      <FactorSetup candidate={candidate} id={id} code={code} onCode={onCode} error={error} />
    </>
  );
}
