import { Button, Dialog } from '@cmsgov/design-system';
import type { ReactNode } from 'react';
import { useTexts } from '../../texts/context';
import { ProblemAlert } from '../../ui/problem-alert';
import { useAction } from '../../ui/use-action';

interface Props {
  heading: string;
  confirm: string;
  children: ReactNode;
  act: () => Promise<void>;
  onClose: () => void;
}

/** Explains what will happen, and does it when asked to. */
export function ConfirmDialog({ heading, confirm, children, act: action, onClose }: Props) {
  const { t } = useTexts();
  const { busy, problem, act } = useAction();
  return (
    <Dialog isOpen onExit={onClose} heading={heading} ariaCloseLabel={t('app.close')}>
      {problem && <ProblemAlert problem={problem} autoFocus />}
      {children}
      <div className="p-actions p-dialog-actions">
        <Button variation="solid" aria-disabled={busy} onClick={() => void act(action)}>
          {confirm}
        </Button>
        <Button variation="ghost" onClick={onClose}>
          {t('thread.cancel')}
        </Button>
      </div>
    </Dialog>
  );
}
