import { Button, Dialog } from '@cmsgov/design-system';
import { useState } from 'react';
import { problemOf } from '../../api/client';
import { useTexts } from '../../texts/context';
import { FormSummary, NOTHING_WRONG, outcomeOf } from '../../ui/form-summary';
import type { Outcome } from '../../ui/form-summary';
import { moveMember } from './calls';
import { outcomeOfMove } from './moves';
import { CommentField, commentProblem } from './comment-field';
import type { Member, Move } from './types';

/** Moves that need a comment (product rules, section 3). */
const COMMENTED: readonly Move[] = ['disable', 'reject'];
const FINAL: readonly Move[] = ['reject', 'remove'];
const COMMENT_ID = 'move-comment';

interface Props {
  member: Member;
  move: Move;
  onDone: (member: Member) => void;
  /** Somebody changed the account meanwhile. */
  onStale: () => void;
  onClose: () => void;
}

function MoveBody({ member, move, onDone, onStale, onClose }: Props) {
  const { t } = useTexts();
  const [comment, setComment] = useState('');
  const [busy, setBusy] = useState(false);
  const [stale, setStale] = useState(false);
  const [outcome, setOutcome] = useState<Outcome>(NOTHING_WRONG);
  const required = COMMENTED.includes(move);

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
      onDone(await moveMember(member.id, member.version, move, comment));
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
      <p>
        {t(`users.move.body.${outcomeOfMove(member, move)}`, {
          status: t('users.status.suspended'),
        })}
      </p>
      <CommentField
        id={COMMENT_ID}
        label={t(required ? 'users.comment.required' : 'users.comment.optional')}
        value={comment}
        required={required}
        error={outcome.fields['comment']}
        onChange={setComment}
      />
      <div className="p-actions p-dialog-actions">
        <Button
          variation="solid"
          className={FINAL.includes(move) ? 'p-button--final' : ''}
          aria-disabled={busy}
          onClick={() => void act()}
        >
          {t(busy ? 'users.move.busy' : `users.move.${move}`)}
        </Button>
        <Button variation="ghost" onClick={onClose}>
          {t('users.cancel')}
        </Button>
      </div>
    </>
  );
}

/** Enable, disable, reject or remove somebody, with a comment for the history. */
export function MoveDialog(props: Omit<Props, 'move'> & { move: Move | null }) {
  const { t } = useTexts();
  const { move, member } = props;
  return (
    <Dialog
      isOpen={move !== null}
      onExit={props.onClose}
      className="p-move-dialog"
      heading={move && t(`users.move.title.${move}`, { name: member.name })}
      ariaCloseLabel={t('app.close')}
    >
      {move && <MoveBody {...props} move={move} />}
    </Dialog>
  );
}
