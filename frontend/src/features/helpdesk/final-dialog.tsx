import { Button, Dialog } from '@cmsgov/design-system';
import { useState } from 'react';
import { useTexts } from '../../texts/context';
import { ProblemAlert } from '../../ui/problem-alert';
import { useAction } from '../../ui/use-action';

interface Props {
  /** On the button that asks, and on the one that does it. */
  label: string;
  heading: string;
  body: string;
  act: () => Promise<void>;
}

/** Asks once more before what can't be taken back. */
export function FinalButton({ label, heading, body, act }: Props) {
  const { t } = useTexts();
  const [open, setOpen] = useState(false);
  const { busy, problem, act: attempt, forget } = useAction();
  const close = () => {
    setOpen(false);
    forget();
  };
  const go = () => attempt(() => act().then(close));
  return (
    <>
      <Button className="p-button--danger" onClick={() => setOpen(true)}>
        {label}
      </Button>
      <Dialog isOpen={open} onExit={close} heading={heading} ariaCloseLabel={t('app.close')}>
        {problem && <ProblemAlert problem={problem} autoFocus />}
        <p>{body}</p>
        <div className="p-actions p-dialog-actions">
          <Button variation="solid" aria-disabled={busy} onClick={() => void go()}>
            {label}
          </Button>
          <Button variation="ghost" onClick={close}>
            {t('users.cancel')}
          </Button>
        </div>
      </Dialog>
    </>
  );
}

/** After what was done is said at the top; the buttons that were pressed are gone. */
export function focusFacts() {
  window.scrollTo(0, 0);
  // After the page has been drawn without them.
  window.setTimeout(() => document.getElementById('case-facts')?.focus({ preventScroll: true }), 0);
}
