import { TextField } from '@cmsgov/design-system';
import { useState } from 'react';
import { useTexts } from '../../texts/context';
import { useForm } from '../register/use-form';
import { useAttempts } from '../users/use-attempts';
import { WorkProgress } from '../work/work-progress';
import { postThreadExport } from './calls';
import { ReasonField, reasonProblem } from './reason-field';
import { ReasonForm } from './reason-form';
import { threadIn } from './subjects';

const idOf = (field: string) => `record-${field}`;

/** An auditor takes a conversation out as a PDF; its progress and the file appear below (MSG-10). */
export function ExportForm() {
  const { t } = useTexts();
  const attempts = useAttempts();
  const [typed, setTyped] = useState('');
  const [reason, setReason] = useState('');
  const [workId, setWorkId] = useState<string | null>(null);
  const form = useForm({
    names: ['reason'],
    wrong: () => ({
      ...(typed.trim() === '' && { thread: t('retention.missing.thread') }),
      ...reasonProblem(t, reason),
    }),
    send: async () => {
      const [thread, why] = [threadIn(typed), reason.trim()];
      const { work_id } = await postThreadExport(thread, why, attempts.keyFor([thread, why]));
      attempts.forget();
      setWorkId(work_id);
    },
    onDone: () => window.setTimeout(() => document.getElementById('record-progress')?.focus()),
  });
  return (
    <section className="p-card p-records" aria-labelledby="record-export">
      <h2 id="record-export" className="ds-text-heading--lg p-flat">
        {t('records.export')}
      </h2>
      <p>{t('records.export.body')}</p>
      <ReasonForm
        form={form}
        heading={t('records.export.problem')}
        submit={t('records.export.submit')}
        idOf={idOf}
      >
        <TextField
          id={idOf('thread')}
          name="thread"
          label={t('retention.which.thread')}
          className="p-field"
          autoComplete="off"
          value={typed}
          onChange={(event: { target: HTMLInputElement }) => setTyped(event.target.value)}
          errorMessage={form.outcome.fields['thread']}
          aria-required
        />
        <ReasonField
          id={idOf('reason')}
          value={reason}
          error={form.outcome.fields['reason']}
          onChange={setReason}
        />
      </ReasonForm>
      {workId && (
        <div className="p-gap-top">
          <h3 id="record-progress" className="ds-text-heading--md p-flat" tabIndex={-1}>
            {t('work.kind.thread_export')}
          </h3>
          <WorkProgress key={workId} workId={workId} />
        </div>
      )}
    </section>
  );
}
