import { Button, Dialog } from '@cmsgov/design-system';
import { useState } from 'react';
import { problemOf } from '../../api/client';
import type { Problem } from '../../api/types';
import { flash } from '../../app/announcer';
import { useTexts } from '../../texts/context';
import { FormSummary, NOTHING_WRONG, outcomeOf } from '../../ui/form-summary';
import type { Outcome } from '../../ui/form-summary';
import { ProblemAlert } from '../../ui/problem-alert';
import { CommentField, commentProblem } from '../users/comment-field';
import { moveStaff, sendStaffEmail } from './calls';
import { useStaffChanged } from './queries';
import type { StaffAccount, StaffMail, StaffMove } from './types';

const COMMENT_ID = 'staff-move-comment';

interface MoveProps {
  account: StaffAccount;
  move: StaffMove;
  onDone: (account: StaffAccount) => void;
  onStale: () => void;
  onClose: () => void;
}

function MoveBody({ account, move, onDone, onStale, onClose }: MoveProps) {
  const { t } = useTexts();
  const [comment, setComment] = useState('');
  const [busy, setBusy] = useState(false);
  const [stale, setStale] = useState(false);
  const [outcome, setOutcome] = useState<Outcome>(NOTHING_WRONG);
  const required = move === 'disable';
  const act = async () => {
    if (busy) return;
    const attempt = outcome.attempt + 1;
    const wrong = commentProblem(t, comment, required);
    if (wrong) {
      setOutcome({ fields: { comment: wrong }, details: [], attempt });
      return;
    }
    setBusy(true);
    try {
      onDone(await moveStaff(account.id, account.version, move, comment));
    } catch (error) {
      const problem = problemOf(error);
      setStale(problem.status === 412);
      setOutcome(outcomeOf(problem, ['comment'], attempt));
      setBusy(false);
    }
  };
  return (
    <>
      <FormSummary heading={t('users.move.problem')} outcome={outcome} idOf={() => COMMENT_ID}>
        {stale && (
          <Button size="small" className="p-gap-top" onClick={onStale}>
            {t('users.update.loadAnew')}
          </Button>
        )}
      </FormSummary>
      <p>{t(move === 'disable' ? 'staff.disableBody' : 'staff.enableBody')}</p>
      <CommentField
        id={COMMENT_ID}
        label={t(required ? 'users.comment.required' : 'users.comment.optional')}
        value={comment}
        required={required}
        error={outcome.fields['comment']}
        onChange={setComment}
      />
      <div className="p-actions p-dialog-actions">
        <Button variation="solid" aria-disabled={busy} onClick={() => void act()}>
          {t(busy ? 'users.move.busy' : `users.move.${move}`)}
        </Button>
        <Button variation="ghost" onClick={onClose}>
          {t('users.cancel')}
        </Button>
      </div>
    </>
  );
}

function EmailButton({ account, mail }: { account: StaffAccount; mail: StaffMail }) {
  const { t } = useTexts();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const send = async () => {
    if (busy) return;
    setBusy(true);
    setProblem(null);
    try {
      await sendStaffEmail(account.id, mail);
      flash.here(t(`users.mail.sent.${mail}`, { email: account.email }));
      window.scrollTo(0, 0);
    } catch (error) {
      setProblem(problemOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <Button aria-disabled={busy} onClick={() => void send()}>
        {t(`users.mail.${mail}`)}
      </Button>
      {problem && <ProblemAlert problem={problem} heading={t('users.mail.problem')} autoFocus />}
    </>
  );
}

interface Props {
  account: StaffAccount;
  onStale: () => void;
}

/** Enable, disable, and the two emails. */
export function StaffAccountCard({ account, onStale }: Props) {
  const { t } = useTexts();
  const changed = useStaffChanged();
  const [move, setMove] = useState<StaffMove | null>(null);
  const { name } = account;
  return (
    <section className="p-card p-no-print" aria-labelledby="staff-account">
      <h2 id="staff-account" className="ds-text-heading--lg p-flat" tabIndex={-1}>
        {t('staff.account')}
      </h2>
      <div className="p-actions p-account">
        {account.moves.map((each) => (
          <Button
            key={each}
            className={each === 'enable' ? '' : 'p-button--danger'}
            onClick={() => setMove(each)}
          >
            {t(`users.move.${each}`)}
          </Button>
        ))}
        {account.emails.map((mail) => (
          <EmailButton key={mail} account={account} mail={mail} />
        ))}
      </div>
      <Dialog
        isOpen={move !== null}
        onExit={() => setMove(null)}
        className="p-move-dialog"
        heading={move && t(`users.move.title.${move}`, { name })}
        ariaCloseLabel={t('app.close')}
      >
        {move && (
          <MoveBody
            account={account}
            move={move}
            onDone={(after) => {
              flash.here(t(`users.move.done.${move}`, { name }));
              changed(after);
              setMove(null);
              window.scrollTo(0, 0);
              // The button that was pressed is gone.
              document.getElementById('staff-account')?.focus();
            }}
            onStale={() => {
              setMove(null);
              onStale();
            }}
            onClose={() => setMove(null)}
          />
        )}
      </Dialog>
    </section>
  );
}
