import { Button, Dialog } from '@cmsgov/design-system';
import { problemOf } from '../../api/client';
import { useTexts } from '../../texts/context';
import { ProblemAlert } from '../../ui/problem-alert';
import type { DraftRow } from './calls';
import { useDiscard } from './queries';

interface Props {
  mailboxId: string;
  row: DraftRow | null;
  onClose: () => void;
  onDone: () => void;
}

/** Asks before a draft is thrown away: nothing brings it back. */
export function DiscardDialog({ mailboxId, row, onClose, onDone }: Props) {
  const { t } = useTexts();
  const discard = useDiscard(mailboxId);
  const close = () => {
    discard.reset();
    onClose();
  };
  return (
    <Dialog
      isOpen={row !== null}
      onExit={close}
      size="narrow"
      heading={t('drafts.delete.title')}
      ariaCloseLabel={t('app.close')}
    >
      {discard.error && <ProblemAlert problem={problemOf(discard.error)} autoFocus />}
      <p>
        <strong className="p-wrap-anywhere">{row && (row.subject || t('drafts.noSubject'))}</strong>
        <br />
        {t('drafts.delete.body')}
      </p>
      <div className="p-actions p-dialog-actions">
        <Button
          className="p-button--danger"
          aria-disabled={discard.isPending}
          onClick={() => {
            if (row && !discard.isPending) discard.mutate(row.id, { onSuccess: onDone });
          }}
        >
          {t('drafts.delete')}
        </Button>
        <Button variation="ghost" onClick={close}>
          {t('drafts.delete.keep')}
        </Button>
      </div>
    </Dialog>
  );
}
