import { Dialog } from '@cmsgov/design-system';
import { useTexts } from '../../texts/context';
import { moveMember } from './calls';
import { outcomeOfMove } from './moves';
import { CommentForm } from './comment-form';
import type { Member, Move } from './types';

/** Moves that need a comment (product rules, section 3). */
const COMMENTED: readonly Move[] = ['disable', 'reject'];
const FINAL: readonly Move[] = ['reject', 'remove'];
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
  const required = COMMENTED.includes(move);
  return (
    <CommentForm
      id="move-comment"
      heading={t('users.move.problem')}
      label={t(required ? 'users.comment.required' : 'users.comment.optional')}
      required={required}
      submit={t(`users.move.${move}`)}
      busy={t('users.move.busy')}
      final={FINAL.includes(move)}
      send={async (comment) => onDone(await moveMember(member.id, member.version, move, comment))}
      onStale={onStale}
      onClose={onClose}
    >
      <p>
        {t(`users.move.body.${outcomeOfMove(member, move)}`, {
          status: t('users.status.suspended'),
        })}
      </p>
    </CommentForm>
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
