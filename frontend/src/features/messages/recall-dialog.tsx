import { Button, Dialog } from '@cmsgov/design-system';
import { useState } from 'react';
import { Link } from 'wouter';
import { useTexts } from '../../texts/context';
import { useMessagesChanged } from './box-queries';
import { postRecall } from './calls';
import type { Recalled } from './calls';
import { ConfirmDialog } from './confirm-dialog';

function Result({ result, onClose }: { result: Recalled; onClose: () => void }) {
  const { t, tn } = useTexts();
  return (
    <Dialog
      isOpen
      onExit={onClose}
      heading={t('thread.recall.result')}
      ariaCloseLabel={t('app.close')}
    >
      {result.work_id !== null ? (
        <p>
          {t('thread.recall.many')} <Link href="/work">{t('thread.recall.progress')}</Link>
        </p>
      ) : (
        <p>{tn('thread.recall.copies', result.withdrawn)}</p>
      )}
      {result.work_id === null && result.read.length === 0 && <p>{t('thread.recall.none')}</p>}
      {result.read.length > 0 && (
        <>
          <p className="p-flat">{t('thread.recall.read')}</p>
          <ul>
            {result.read.map((name) => (
              <li key={name}>{name}</li>
            ))}
          </ul>
        </>
      )}
      <Button variation="solid" onClick={onClose}>
        {t('thread.close')}
      </Button>
    </Dialog>
  );
}

interface Props {
  mailboxId: string;
  threadId: string;
  messageId: string;
  onDone: () => void;
  onClose: () => void;
}

/** Withdraws one's own message where nobody has read it, and tells who has (MSG-9). */
export function RecallDialog({ mailboxId, threadId, messageId, onDone, onClose }: Props) {
  const { t } = useTexts();
  const changed = useMessagesChanged(mailboxId);
  const [result, setResult] = useState<Recalled | null>(null);
  // A repeated try is the same withdrawal.
  const [key] = useState(() => crypto.randomUUID());
  if (result) {
    return (
      <Result
        result={result}
        onClose={() => {
          onClose();
          onDone();
        }}
      />
    );
  }
  return (
    <ConfirmDialog
      heading={t('thread.recall.title')}
      confirm={t('thread.recall')}
      act={async () => {
        setResult(await postRecall(mailboxId, messageId, threadId, key));
        await changed();
      }}
      onClose={onClose}
    >
      <p>{t('thread.recall.body')}</p>
    </ConfirmDialog>
  );
}
