import { Button } from '@cmsgov/design-system';
import { useState } from 'react';
import { useTexts } from '../../texts/context';
import { ProblemAlert } from '../../ui/problem-alert';
import { useAction } from '../../ui/use-action';
import { useAttempts } from '../users/use-attempts';
import { WorkProgress } from '../work/work-progress';
import { postExport } from './calls';

const PROGRESS = 'decisions-export';

/** Starts an export of all decisions of the practice; its progress and the file appear below (REV-5). */
export function useDecisionsExport() {
  const { t } = useTexts();
  const attempts = useAttempts();
  const { busy, problem, act } = useAction();
  const [workId, setWorkId] = useState<string | null>(null);
  const start = () =>
    act(async () => {
      const { work_id } = await postExport(attempts.keyFor('decisions'));
      // The next export is a new one: more may have been decided meanwhile.
      attempts.forget();
      setWorkId(work_id);
      window.setTimeout(() => document.getElementById(PROGRESS)?.focus());
    });
  const button = (
    <Button aria-disabled={busy} onClick={() => void start()}>
      {t('users.export')}
    </Button>
  );
  const panel = (
    <>
      {problem && <ProblemAlert problem={problem} heading={t('users.export.problem')} autoFocus />}
      {workId && (
        <section className="p-card p-export p-no-print" aria-labelledby={PROGRESS}>
          <h2 id={PROGRESS} className="ds-text-heading--lg p-flat" tabIndex={-1}>
            {t('reviews.export.title')}
          </h2>
          <WorkProgress key={workId} workId={workId} title={t('reviews.export.title')} />
        </section>
      )}
    </>
  );
  return { button, panel };
}
