import { useTexts } from '../../texts/context';
import { postMisdirected } from './calls';
import { ConfirmDialog } from './confirm-dialog';

interface Props {
  mailboxId: string;
  threadId: string;
  messageId: string;
  onDone: () => void;
  onClose: () => void;
}

/** Tells the plan about a message that was not meant for whoever has it (MSG-5). */
export function MisdirectedDialog({ mailboxId, threadId, messageId, onDone, onClose }: Props) {
  const { t } = useTexts();
  return (
    <ConfirmDialog
      heading={t('thread.misdirected')}
      confirm={t('thread.misdirected.confirm')}
      act={async () => {
        await postMisdirected(mailboxId, messageId, threadId);
        onDone();
      }}
      onClose={onClose}
    >
      <p>{t('thread.misdirected.body')}</p>
      <p>{t('thread.misdirected.keep')}</p>
    </ConfirmDialog>
  );
}
