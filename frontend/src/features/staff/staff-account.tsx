import { Button, Dialog } from '@cmsgov/design-system';
import { useState } from 'react';
import { flash } from '../../app/announcer';
import { useTexts } from '../../texts/context';
import { ProblemAlert } from '../../ui/problem-alert';
import { useAction } from '../../ui/use-action';
import { CommentForm } from '../users/comment-form';
import { moveStaff, sendStaffEmail } from './calls';
import { useStaffChanged } from './queries';
import type { StaffAccount, StaffMail, StaffMove } from './types';

interface MoveProps {
  account: StaffAccount;
  move: StaffMove;
  onDone: (account: StaffAccount) => void;
  onStale: () => void;
  onClose: () => void;
}

function MoveBody({ account, move, onDone, onStale, onClose }: MoveProps) {
  const { t } = useTexts();
  const required = move === 'disable';
  return (
    <CommentForm
      id="staff-move-comment"
      heading={t('users.move.problem')}
      label={t(required ? 'users.comment.required' : 'users.comment.optional')}
      required={required}
      submit={t(`users.move.${move}`)}
      busy={t('users.move.busy')}
      send={async (comment) => onDone(await moveStaff(account.id, account.version, move, comment))}
      onStale={onStale}
      onClose={onClose}
    >
      <p>{t(required ? 'staff.disableBody' : 'staff.enableBody')}</p>
    </CommentForm>
  );
}

function EmailButton({ account, mail }: { account: StaffAccount; mail: StaffMail }) {
  const { t } = useTexts();
  const { busy, problem, act } = useAction();
  const send = () =>
    act(async () => {
      await sendStaffEmail(account.id, mail);
      flash.here(t(`users.mail.sent.${mail}`, { email: account.email }));
      window.scrollTo(0, 0);
    });
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
