import '../../texts/stops';
import { Alert, Button } from '@cmsgov/design-system';
import type { ReactNode } from 'react';
import { flash } from '../../app/announcer';
import { useTexts } from '../../texts/context';
import { ProblemAlert } from '../../ui/problem-alert';
import { useAction } from '../../ui/use-action';

interface Props {
  heading: string;
  /** What happened, and what may be done about it. */
  children: ReactNode;
  /** Whose address it is, where several alerts may stand on a page. */
  of: string;
  /** Has the address tried again and what is shown read anew. */
  mend: () => Promise<unknown>;
  done: string;
}

/** No mail goes to an address any more (NOT-4), and a way to have it tried again. */
export function StopAlert({ heading, children, of, mend, done }: Props) {
  const { t } = useTexts();
  const { busy, problem, act } = useAction();
  const send = () =>
    act(async () => {
      await mend();
      flash.here(done);
      window.scrollTo(0, 0);
      // The button is gone with the alert.
      document.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true });
    });
  return (
    <Alert
      variation="warn"
      role="region"
      heading={heading}
      headingLevel="2"
      className="p-no-print p-gap-top"
    >
      {children}
      {problem && <ProblemAlert problem={problem} heading={t('stops.problem')} autoFocus />}
      <div className="p-actions p-gap-top">
        <Button
          size="small"
          aria-disabled={busy}
          aria-label={t('stops.againNamed', { of })}
          onClick={() => void send()}
        >
          {t('stops.again')}
        </Button>
      </div>
    </Alert>
  );
}
