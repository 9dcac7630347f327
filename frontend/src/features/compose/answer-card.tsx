import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { ErrorSummary } from './error-summary';
import type { SendOutcome } from './use-send';

interface Props {
  id: string;
  title: string;
  outcome: SendOutcome;
  children: ReactNode;
}

/** Where a message of a conversation is answered or forwarded: its heading takes the focus (MSG-5). */
export function AnswerCard({ id, title, outcome, children }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <section className="p-card p-reply" aria-labelledby={id}>
      <h2 id={id} className="ds-text-heading--lg p-flat" tabIndex={-1} ref={heading}>
        {title}
      </h2>
      <ErrorSummary outcome={outcome} />
      <form noValidate className="p-form" onSubmit={(event) => event.preventDefault()}>
        {children}
      </form>
    </section>
  );
}
