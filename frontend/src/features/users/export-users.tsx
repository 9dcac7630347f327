import { Button } from '@cmsgov/design-system';
import { useState } from 'react';
import { problemOf } from '../../api/client';
import type { Problem } from '../../api/types';
import { useTexts } from '../../texts/context';
import { ProblemAlert } from '../../ui/problem-alert';
import { WorkProgress } from '../work/work-progress';
import { postExport } from './calls';
import type { Filters } from './filters';
import { useAttempts } from './use-attempts';

/** Starts an export of the list as it is filtered; its progress and the file appear below the button. */
export function useExport(filters: Filters) {
  const { t } = useTexts();
  const attempts = useAttempts();
  const [busy, setBusy] = useState(false);
  const [workId, setWorkId] = useState<string | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);

  const start = async () => {
    if (busy) return;
    setBusy(true);
    setProblem(null);
    try {
      const { work_id } = await postExport(filters, attempts.keyFor(filters));
      // The next export is a new one: the members may have changed meanwhile.
      attempts.forget();
      setWorkId(work_id);
      window.setTimeout(() => document.getElementById('users-export')?.focus());
    } catch (error) {
      setProblem(problemOf(error));
    } finally {
      setBusy(false);
    }
  };
  const button = (
    <Button aria-disabled={busy} onClick={() => void start()}>
      {t('users.export')}
    </Button>
  );
  const panel = (
    <>
      {problem && <ProblemAlert problem={problem} heading={t('users.export.problem')} autoFocus />}
      {workId && (
        <section className="p-card p-export" aria-labelledby="users-export">
          <h2 id="users-export" className="ds-text-heading--lg p-flat" tabIndex={-1}>
            {t('users.export.title')}
          </h2>
          <p className="p-flat">{t('users.export.hint')}</p>
          <WorkProgress key={workId} workId={workId} title={t('users.export.title')} />
        </section>
      )}
    </>
  );
  return { button, panel };
}
