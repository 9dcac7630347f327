import { Button } from '@cmsgov/design-system';
import { useState } from 'react';
import { useTexts } from '../../texts/context';
import { ProblemAlert } from '../../ui/problem-alert';
import { useAction } from '../../ui/use-action';
import { useAttempts } from '../users/use-attempts';
import { WorkProgress } from '../work/work-progress';
import { postPrint } from './calls';
import type { Nomination } from './types';

/** A signed form as a PDF for the files; asking for it leaves a record (ORG-1). */
export function PdfButton({ nomination, round }: { nomination: Nomination; round: number }) {
  const { t } = useTexts();
  const attempts = useAttempts();
  const { busy, problem, act } = useAction();
  const [workId, setWorkId] = useState<string | null>(null);
  const make = async () => {
    const { work_id } = await postPrint(nomination, round, attempts.keyFor([nomination.id, round]));
    attempts.forget();
    setWorkId(work_id);
  };
  return (
    <>
      {problem && (
        <ProblemAlert problem={problem} heading={t('nominations.pdf.problem')} autoFocus />
      )}
      {workId ? (
        <WorkProgress key={workId} workId={workId} title={t('nominations.pdf')} />
      ) : (
        <Button aria-disabled={busy} onClick={() => void act(make)}>
          {t(busy ? 'nominations.pdf.busy' : 'nominations.pdf')}
        </Button>
      )}
    </>
  );
}
