import { Button } from '@cmsgov/design-system';
import { problemOf } from '../../api/client';
import type { TextKey } from '../../texts';
import { useTexts } from '../../texts/context';
import { ProblemAlert } from '../../ui/problem-alert';
import { useAction } from '../../ui/use-action';
import { withdrawChange } from './calls';
import { isGone } from './proposals';
import type { Organization, OrganizationChange } from './types';

interface Props {
  organization: Organization;
  change: OrganizationChange;
  onDone: (said: TextKey) => void;
  /** Somebody was faster. */
  onChanged: () => void;
  onClose: () => void;
}

/** A proposal goes, and nothing has changed. */
export function WithdrawChange({ organization, change, onDone, onChanged, onClose }: Props) {
  const { t } = useTexts();
  const { busy, problem, act } = useAction();
  const go = () =>
    act(async () => {
      try {
        await withdrawChange(organization.id, change.kind);
      } catch (error) {
        if (!isGone(problemOf(error))) throw error;
        onChanged();
        return;
      }
      onDone('changes.withdrawn');
    });
  return (
    <>
      {problem && <ProblemAlert problem={problem} heading={t('changes.problem')} autoFocus />}
      <p>{t('changes.withdrawBody')}</p>
      <div className="p-actions p-dialog-actions">
        <Button variation="solid" aria-disabled={busy} onClick={() => void go()}>
          {t(busy ? 'overview.busy' : 'changes.withdraw')}
        </Button>
        <Button variation="ghost" onClick={onClose}>
          {t('users.cancel')}
        </Button>
      </div>
    </>
  );
}
