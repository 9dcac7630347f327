import { Button } from '@cmsgov/design-system';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import { useHistoryState } from 'wouter/use-browser-location';
import { problemOf } from '../../api/client';
import type { Problem } from '../../api/types';
import { Page } from '../../app/page';
import { useTexts } from '../../texts/context';
import { ProblemAlert } from '../../ui/problem-alert';
import type { Work } from '../work/calls';
import { isOpen } from '../work/progress';
import { useWork } from '../work/queries';
import { WorkProgress } from '../work/work-progress';
import { runImport } from './calls';
import { ImportFile } from './import-file';
import { importable, importOf } from './import-steps';
import type { Import } from './import-steps';
import { IMPORT } from './paths';
import { ProblemsTable } from './problems-table';
import { useRoster } from './queries';
import { RosterWarnings } from './roster-warnings';
import { useAttempts } from './use-attempts';

interface StepProps {
  id: string;
  title: string;
  children: ReactNode;
}

/** A step takes the focus when it appears: the one before it has gone. */
function Step({ id, title, children }: StepProps) {
  useEffect(() => document.getElementById(id)?.focus(), [id]);
  return (
    <section className="p-card p-import" aria-labelledby={id}>
      <h2 id={id} className="ds-text-heading--lg p-flat" tabIndex={-1}>
        {title}
      </h2>
      {children}
    </section>
  );
}

function Problems({ work }: { work: Work }) {
  const { t } = useTexts();
  if (work.problems === 0) return null;
  return (
    <>
      <h3 className="p-import__heading">{t('users.import.problems')}</h3>
      <p>{t('users.import.problemsHint')}</p>
      <ProblemsTable workId={work.id} />
    </>
  );
}

function CheckStep({
  id,
  onRun,
  onAnother,
}: {
  id: string;
  onRun: (id: string) => void;
  onAnother: () => void;
}) {
  const { t, tn } = useTexts();
  const attempts = useAttempts();
  const work = useWork(id).data;
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const good = work ? importable(work) : 0;
  const run = async () => {
    if (busy) return;
    setBusy(true);
    setProblem(null);
    try {
      onRun((await runImport(id, attempts.keyFor(id))).work_id);
    } catch (error) {
      setProblem(problemOf(error));
      setBusy(false);
    }
  };
  return (
    <Step id="import-check" title={t('users.import.step.check')}>
      <WorkProgress workId={id} title={t('users.import.checkTitle')} />
      {work?.state === 'finished' && (
        <p className="p-strong" role="status">
          {good > 0 ? tn('users.import.good', good) : t('users.import.nothing')}
        </p>
      )}
      {problem && <ProblemAlert problem={problem} heading={t('users.import.problem')} autoFocus />}
      {work && !isOpen(work) && (
        <div className="p-actions p-user-form__bar">
          {good > 0 && (
            <Button variation="solid" aria-disabled={busy} onClick={() => void run()}>
              {tn('users.import.run', good)}
            </Button>
          )}
          <Button variation={good > 0 ? 'ghost' : undefined} onClick={onAnother}>
            {t('users.import.another')}
          </Button>
        </div>
      )}
      {work?.state === 'finished' && <Problems work={work} />}
    </Step>
  );
}

function RunStep({ id, onAnother }: { id: string; onAnother: () => void }) {
  const { t, tn } = useTexts();
  const client = useQueryClient();
  const work = useWork(id).data;
  const ended = work !== undefined && !isOpen(work);
  useEffect(() => {
    if (ended) void client.invalidateQueries({ queryKey: ['users'], refetchType: 'none' });
  }, [client, ended]);
  return (
    <Step id="import-run" title={t('users.import.step.run')}>
      <WorkProgress workId={id} title={t('users.import.runTitle')} />
      {!ended && <p>{t('users.import.running')}</p>}
      {ended && (
        <>
          <p className="p-strong" role="status">
            {tn('users.import.added', work.done - work.problems)}
          </p>
          <div className="p-actions p-user-form__bar">
            <Link href="/users" className="ds-c-button ds-c-button--solid">
              {t('users.back')}
            </Link>
            <Button variation="ghost" onClick={onAnother}>
              {t('users.import.another')}
            </Button>
          </div>
        </>
      )}
      {ended && <Problems work={work} />}
    </Step>
  );
}

/** Many users from a CSV: dry run first, then the import of the good rows (ACC-2). */
export function ImportPage() {
  const { t } = useTexts();
  const [, navigate] = useLocation();
  const { check, run } = importOf(useHistoryState());
  const roster = useRoster().data;
  const go = (next: Import) => navigate(IMPORT, { state: next, replace: true });
  const another = () => go({ check: null, run: null });
  return (
    <>
      <p className="p-back">
        <Link href="/users">{t('users.back')}</Link>
      </p>
      <Page title={t('users.import.title')} className="p-user-form">
        <p className="p-lead">{t('users.import.lead')}</p>
        {roster?.backup_required && <RosterWarnings roster={roster} />}
        {!check && <ImportFile onBegun={(id) => go({ check: id, run: null })} />}
        {check && !run && (
          <CheckStep id={check} onRun={(id) => go({ check, run: id })} onAnother={another} />
        )}
        {run && <RunStep id={run} onAnother={another} />}
      </Page>
    </>
  );
}
