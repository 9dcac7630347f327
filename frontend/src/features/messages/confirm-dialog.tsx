import { Button, Dialog } from '@cmsgov/design-system';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { problemOf } from '../../api/client';
import type { Problem } from '../../api/types';
import { useTexts } from '../../texts/context';
import { ProblemAlert } from '../../ui/problem-alert';

interface Props {
  heading: string;
  confirm: string;
  children: ReactNode;
  act: () => Promise<void>;
  onClose: () => void;
}

/** Explains what will happen, and does it when asked to. */
export function ConfirmDialog({ heading, confirm, children, act, onClose }: Props) {
  const { t } = useTexts();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const go = async () => {
    if (busy) return;
    setBusy(true);
    setProblem(null);
    try {
      await act();
    } catch (error) {
      setProblem(problemOf(error));
      setBusy(false);
    }
  };
  return (
    <Dialog isOpen onExit={onClose} heading={heading} ariaCloseLabel={t('app.close')}>
      {problem && <ProblemAlert problem={problem} autoFocus />}
      {children}
      <div className="p-actions p-dialog-actions">
        <Button variation="solid" aria-disabled={busy} onClick={() => void go()}>
          {confirm}
        </Button>
        <Button variation="ghost" onClick={onClose}>
          {t('thread.cancel')}
        </Button>
      </div>
    </Dialog>
  );
}
