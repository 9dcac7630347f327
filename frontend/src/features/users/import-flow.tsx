import { Button } from '@cmsgov/design-system';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import { useHistoryState } from 'wouter/use-browser-location';
import { problemOf } from '../../api/client';
import type { Problem } from '../../api/types';
import { useTexts } from '../../texts/context';
import { ProblemAlert } from '../../ui/problem-alert';
import type { Work } from '../work/calls';
import { isOpen } from '../work/progress';
import { useWork } from '../work/queries';
import { WorkProgress } from '../work/work-progress';
import { ImportFile } from './import-file';
import type { ImportKind } from './import-kind';
import { importable, importOf } from './import-steps';
import type { Import } from './import-steps';
import { ProblemsTable } from './problems-table';
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

function Problems({ kind, work }: { kind: ImportKind; work: Work }) {
  const { t } = useTexts();
  if (work.problems === 0) return null;
  return (
    <>
      <h3 className="p-import__heading">{t('users.import.problems')}</h3>
      <p>{t(kind.problemsHint)}</p>
      <ProblemsTable kind={kind} workId={work.id} />
    </>
  );
}

interface CheckProps {
  kind: ImportKind;
  id: string;
  onRun: (id: string) => void;
  onAnother: () => void;
}

function CheckStep({ kind, id, onRun, onAnother }: CheckProps) {
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
      onRun((await kind.run(id, attempts.keyFor(id))).work_id);
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
          {good > 0 ? tn(kind.good, good) : t('users.import.nothing')}
        </p>
      )}
      {problem && <ProblemAlert problem={problem} heading={t('users.import.problem')} autoFocus />}
      {work && !isOpen(work) && (
        <div className="p-actions p-user-form__bar">
          {good > 0 && (
            <Button variation="solid" aria-disabled={busy} onClick={() => void run()}>
              {tn(kind.submit, good)}
            </Button>
          )}
          <Button variation={good > 0 ? 'ghost' : undefined} onClick={onAnother}>
            {t('users.import.another')}
          </Button>
        </div>
      )}
      {work?.state === 'finished' && <Problems kind={kind} work={work} />}
    </Step>
  );
}

function RunStep({ kind, id, onAnother }: Omit<CheckProps, 'onRun'>) {
  const { t, tn } = useTexts();
  const client = useQueryClient();
  const work = useWork(id).data;
  const ended = work !== undefined && !isOpen(work);
  useEffect(() => {
    if (ended) void client.invalidateQueries({ queryKey: [kind.stale], refetchType: 'none' });
  }, [client, ended, kind]);
  return (
    <Step id="import-run" title={t('users.import.step.run')}>
      <WorkProgress workId={id} title={t(kind.runTitle)} />
      {!ended && <p>{t('users.import.running')}</p>}
      {ended && (
        <>
          <p className="p-strong" role="status">
            {tn(kind.done, work.done - work.problems)}
          </p>
          <div className="p-actions p-user-form__bar">
            <Link href={kind.list} className="ds-c-button ds-c-button--solid">
              {t(kind.back)}
            </Link>
            <Button variation="ghost" onClick={onAnother}>
              {t('users.import.another')}
            </Button>
          </div>
        </>
      )}
      {ended && <Problems kind={kind} work={work} />}
    </Step>
  );
}

/** Choose a file, check it, import its good rows: one step after the other, where a reload goes on. */
export function ImportFlow({ kind }: { kind: ImportKind }) {
  const [, navigate] = useLocation();
  const { check, run } = importOf(useHistoryState());
  const go = (next: Import) => navigate(kind.path, { state: next, replace: true });
  const another = () => go({ check: null, run: null });
  return (
    <>
      {!check && <ImportFile kind={kind} onBegun={(id) => go({ check: id, run: null })} />}
      {check && !run && (
        <CheckStep
          kind={kind}
          id={check}
          onRun={(id) => go({ check, run: id })}
          onAnother={another}
        />
      )}
      {run && <RunStep kind={kind} id={run} onAnother={another} />}
    </>
  );
}
