import { Button, Dialog } from '@cmsgov/design-system';
import { useEffect, useState } from 'react';
import { flash } from '../../app/announcer';
import { useTexts } from '../../texts/context';
import { ProblemAlert } from '../../ui/problem-alert';
import { useAction } from '../../ui/use-action';
import { ConflictDialog } from '../drafts/conflict-dialog';
import type { Keeper } from '../drafts/keeping';
import { KeptNote } from '../drafts/kept-note';
import { checkFiles } from './check-draft';
import { isEmpty } from './draft-store';
import type { Draft } from './draft-store';
import { errorText } from './error-summary';
import { SendQuestion } from './send-question';
import type { Sending } from './use-send';

interface Props {
  mailboxId: string;
  /** Of an answer or what is forwarded. */
  threadId?: string | undefined;
  draft: Draft;
  keeper: Keeper;
  sending: Sending;
  /** What follows once the form is not needed any more; nothing unsent is left then. */
  onClose: () => void;
  /** Shows what a colleague answered meanwhile (MSG-6). */
  onLook?: (() => void) | undefined;
}

/** Send stays pressable and says what it waits for: a greyed-out button would explain nothing. */
export function SendBar({ draft, keeper, sending, onClose, ...question }: Props) {
  const { t } = useTexts();
  const [asking, setAsking] = useState(false);
  const conflict = draft.trouble !== null && draft.trouble.kind !== 'failed';
  const [deciding, setDeciding] = useState(false);
  useEffect(() => setDeciding(conflict), [conflict]);
  const [waiting] = checkFiles(draft);
  const { busy, send } = sending;
  const cancel = () => {
    if (!isEmpty(draft)) setAsking(true);
    else if (!draft.kept) onClose();
    else void keeper.discard().then(onClose, onClose);
  };
  return (
    <div className="p-sendbar">
      {waiting && (
        <p className="p-sendbar__waits" id="send-waits">
          {errorText(t, waiting)}
        </p>
      )}
      <div className="p-actions">
        <Button
          variation="solid"
          aria-disabled={busy}
          aria-describedby={waiting ? 'send-waits' : undefined}
          onClick={send}
        >
          {busy ? t('compose.sending') : t('compose.send')}
        </Button>
        <Button variation="ghost" onClick={cancel}>
          {t('compose.cancel')}
        </Button>
        <KeptNote
          draft={draft}
          onTryAgain={() => void keeper.flush()}
          onDecide={() => setDeciding(true)}
        />
      </div>
      <CancelDialog
        open={asking}
        keeper={keeper}
        onStay={() => setAsking(false)}
        onClose={(kept) => {
          setAsking(false);
          // An answer leaves its conversation open; a new message leads elsewhere.
          const say = question.threadId === undefined ? flash.onNextPage : flash.here;
          if (kept) say(t('drafts.keptFlash'));
          onClose();
        }}
      />
      <SendQuestion draft={draft} sending={sending} {...question} />
      <ConflictDialog
        trouble={draft.trouble}
        keeper={keeper}
        open={conflict && deciding}
        onPutOff={() => setDeciding(false)}
        onClose={onClose}
      />
    </div>
  );
}

interface CancelProps {
  open: boolean;
  keeper: Keeper;
  onStay: () => void;
  onClose: (kept: boolean) => void;
}

/** Cancel may mean either: put aside, or thrown away. */
function CancelDialog({ open, keeper, onStay, onClose }: CancelProps) {
  const { t } = useTexts();
  const { busy, problem, act } = useAction();
  const keep = async () => {
    if (await keeper.leave()) onClose(true);
    else onStay();
  };
  const discard = async () => {
    await keeper.discard();
    onClose(false);
  };
  return (
    <Dialog
      isOpen={open}
      onExit={onStay}
      heading={t('drafts.cancel.title')}
      ariaCloseLabel={t('app.close')}
    >
      {problem && <ProblemAlert problem={problem} autoFocus />}
      <p>{t('drafts.cancel.body')}</p>
      <div className="p-actions p-dialog-actions">
        <Button variation="solid" aria-disabled={busy} onClick={() => void act(keep)}>
          {t('drafts.cancel.keep')}
        </Button>
        <Button className="p-button--danger" aria-disabled={busy} onClick={() => void act(discard)}>
          {t('drafts.cancel.discard')}
        </Button>
        <Button variation="ghost" onClick={onStay}>
          {t('leave.stay')}
        </Button>
      </div>
    </Dialog>
  );
}
