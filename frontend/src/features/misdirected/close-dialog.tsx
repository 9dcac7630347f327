import { Dialog } from '@cmsgov/design-system';
import { useTexts } from '../../texts/context';
import { CommentForm } from '../users/comment-form';
import { closeReport } from './calls';
import type { Report } from './calls';

interface Props {
  report: Report;
  onDone: () => void;
  onClose: () => void;
}

function CloseForm({ report, onDone, onClose }: Props) {
  const { t } = useTexts();
  return (
    <CommentForm
      id="report-comment"
      heading={t('misdirected.problem')}
      label={t('misdirected.comment')}
      required
      submit={t('misdirected.close')}
      busy={t('misdirected.closing')}
      send={(comment) => closeReport(report.id, comment).then(onDone)}
      onClose={onClose}
    >
      <p>{t('misdirected.closeBody')}</p>
    </CommentForm>
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
