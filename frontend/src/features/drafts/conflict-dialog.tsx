import { Button, Dialog } from '@cmsgov/design-system';
import { useTexts } from '../../texts/context';
import { ProblemAlert } from '../../ui/problem-alert';
import { useAction } from '../../ui/use-action';
import type { Trouble } from '../compose/draft-store';
import type { Keeper } from './keeping';

interface Props {
  trouble: Trouble | null;
  keeper: Keeper;
  open: boolean;
  /** Nothing is decided: what is written here stays, and is not kept. */
  onPutOff: () => void;
  /** The form is not needed any more. */
  onClose: () => void;
}

/** Another window saved this draft, sent it or threw it away: which of the two is meant? Nothing is lost unseen. */
export function ConflictDialog({ trouble, keeper, open, onPutOff, onClose }: Props) {
  const { t } = useTexts();
  const { busy, problem, act } = useAction();
  const gone = trouble?.kind === 'gone';
  const other = gone
    ? () => act(() => keeper.discard().then(onClose))
    : () => act(() => keeper.giveWay());
  return (
    <Dialog
      isOpen={open}
      onExit={onPutOff}
      heading={t(gone ? 'drafts.gone.title' : 'drafts.changed.title')}
      ariaCloseLabel={t('app.close')}
    >
      {problem && <ProblemAlert problem={problem} autoFocus />}
      <p>{t(gone ? 'drafts.gone.body' : 'drafts.changed.body')}</p>
      <div className="p-actions p-dialog-actions">
        <Button
          variation="solid"
          aria-disabled={busy}
          onClick={() => void act(() => keeper.insist())}
        >
          {t(gone ? 'drafts.gone.keep' : 'drafts.changed.keep')}
        </Button>
        <Button aria-disabled={busy} onClick={() => void other()}>
          {t(gone ? 'drafts.gone.discard' : 'drafts.changed.load')}
        </Button>
      </div>
    </Dialog>
  );
}
