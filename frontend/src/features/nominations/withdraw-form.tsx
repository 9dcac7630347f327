import { Button } from '@cmsgov/design-system';
import { problemOf } from '../../api/client';
import { useTexts } from '../../texts/context';
import { ProblemAlert } from '../../ui/problem-alert';
import { useAction } from '../../ui/use-action';
import { postWithdrawal } from './calls';
import { isChanged } from './place';
import type { Nomination } from './types';

interface Props {
  nomination: Nomination;
  onDone: (after: Nomination) => void;
  onChanged: () => void;
  onClose: () => void;
}

/** Asks once more: the executive's link ends with it. */
export function WithdrawForm({ nomination, onDone, onChanged, onClose }: Props) {
  const { t } = useTexts();
  const { busy, problem, act } = useAction();
  const withdraw = async () => {
    try {
      onDone(await postWithdrawal(nomination));
    } catch (error) {
      if (!isChanged(problemOf(error))) throw error;
      onChanged();
    }
  };
  return (
    <>
      {problem && (
        <ProblemAlert problem={problem} heading={t('nominations.withdraw.problem')} autoFocus />
      )}
      <p>{t('nominations.withdraw.body')}</p>
      <div className="p-actions p-dialog-actions">
        <Button
          variation="solid"
          className="p-button--final"
          aria-disabled={busy}
          onClick={() => void act(withdraw)}
        >
          {t(busy ? 'nominations.withdraw.busy' : 'nominations.withdraw.submit')}
        </Button>
        <Button variation="ghost" onClick={onClose}>
          {t('nominations.cancel')}
        </Button>
      </div>
    </>
  );
}
