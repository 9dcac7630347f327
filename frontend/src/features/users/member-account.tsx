import { Button } from '@cmsgov/design-system';
import { useState } from 'react';
import { problemOf } from '../../api/client';
import type { Problem } from '../../api/types';
import { flash } from '../../app/announcer';
import { useTexts } from '../../texts/context';
import { ProblemAlert } from '../../ui/problem-alert';
import { sendEmail } from './calls';
import { MoveDialog } from './move-dialog';
import { outcomeOfMove } from './moves';
import { useChanged } from './queries';
import type { Mail, Member, Move } from './types';

interface Props {
  member: Member;
  /** Load the account anew and keep what was typed. */
  onStale: () => void;
}

function EmailButtons({ member }: { member: Member }) {
  const { t } = useTexts();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<{ problem: Problem; attempt: number } | null>(null);
  const send = async (mail: Mail) => {
    if (busy) return;
    setBusy(true);
    setProblem(null);
    try {
      await sendEmail(member.id, mail);
      flash.here(t(`users.mail.sent.${mail}`, { email: member.email }));
      window.scrollTo(0, 0);
    } catch (error) {
      setProblem({ problem: problemOf(error), attempt: Date.now() });
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      {member.emails.map((mail) => (
        <Button key={mail} aria-disabled={busy} onClick={() => void send(mail)}>
          {t(`users.mail.${mail}`)}
        </Button>
      ))}
      {problem && (
        <div className="p-account__problem">
          <ProblemAlert
            key={problem.attempt}
            problem={problem.problem}
            heading={t('users.mail.problem')}
            autoFocus
          />
        </div>
      )}
    </>
  );
}

/** Enable, disable, reject, remove, and the two emails (ACC-4). */
export function MemberAccount({ member, onStale }: Props) {
  const { t } = useTexts();
  const changed = useChanged();
  const [move, setMove] = useState<Move | null>(null);
  if (member.moves.length + member.emails.length === 0) return null;
  return (
    <section className="p-card p-no-print" aria-labelledby="user-account">
      <h2 id="user-account" className="ds-text-heading--lg p-flat" tabIndex={-1}>
        {t('users.account')}
      </h2>
      <div className="p-actions p-account">
        {member.moves.map((each) => (
          <Button
            key={each}
            className={each === 'enable' ? '' : 'p-button--danger'}
            {...(each === 'enable' ? { variation: 'solid' as const } : {})}
            onClick={() => setMove(each)}
          >
            {t(`users.move.${each}`)}
          </Button>
        ))}
        <EmailButtons member={member} />
      </div>
      <MoveDialog
        member={member}
        move={move}
        onDone={(after) => {
          if (move) {
            const status = t(`users.status.${after.status}`);
            const outcome = outcomeOfMove(member, move);
            flash.here(t(`users.move.done.${outcome}`, { name: member.name, status }));
          }
          changed.member(after);
          setMove(null);
          window.scrollTo(0, 0);
          // Once the dialog has closed, which gives the focus back to a button that may be gone.
          window.setTimeout(() => {
            const account = document.getElementById('user-account');
            // After what is final nothing is left to do here, and this section goes.
            (account ?? document.querySelector<HTMLElement>('h1'))?.focus({ preventScroll: true });
          });
        }}
        onStale={() => {
          setMove(null);
          onStale();
        }}
        onClose={() => setMove(null)}
      />
    </section>
  );
}
