import { Button, Dialog } from '@cmsgov/design-system';
import { useState } from 'react';
import { useTexts } from '../../texts/context';
import { FormSummary } from '../../ui/form-summary';
import { useForm } from '../register/use-form';
import { CommentField, commentProblem } from '../users/comment-field';
import { closeReport } from './calls';
import type { Report } from './calls';

const COMMENT_ID = 'report-comment';

interface Props {
  report: Report;
  onDone: () => void;
  onClose: () => void;
}

function CloseForm({ report, onDone, onClose }: Props) {
  const { t } = useTexts();
  const [comment, setComment] = useState('');
  const { busy, outcome, submit } = useForm({
    names: ['comment'],
    wrong: () => {
      const problem = commentProblem(t, comment, true);
      return problem ? { comment: problem } : ({} as Record<string, string>);
    },
    send: () => closeReport(report.id, comment),
    onDone,
  });
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <FormSummary heading={t('misdirected.problem')} outcome={outcome} idOf={() => COMMENT_ID} />
      <p>{t('misdirected.closeBody')}</p>
      <CommentField
        id={COMMENT_ID}
        label={t('misdirected.comment')}
        value={comment}
        required
        error={outcome.fields['comment']}
        onChange={setComment}
      />
      <div className="p-actions p-dialog-actions">
        <Button type="submit" variation="solid" aria-disabled={busy}>
          {t(busy ? 'misdirected.closing' : 'misdirected.close')}
        </Button>
        <Button variation="ghost" onClick={onClose}>
          {t('users.cancel')}
        </Button>
      </div>
    </form>
  );
}

/** A report is closed with what was done about it (MSG-5). */
export function CloseDialog({
  report,
  ...rest
}: Omit<Props, 'report'> & { report: Report | null }) {
  const { t } = useTexts();
  return (
    <Dialog
      isOpen={report !== null}
      onExit={rest.onClose}
      heading={t('misdirected.closeTitle')}
      ariaCloseLabel={t('app.close')}
    >
      {report && <CloseForm report={report} {...rest} />}
    </Dialog>
  );
}
