import { Button, Choice } from '@cmsgov/design-system';
import { useState } from 'react';
import type { TextKey } from '../../texts';
import { useTexts } from '../../texts/context';
import { FormSummary } from '../../ui/form-summary';
import { useForm } from '../register/use-form';
import { confirmChange } from './calls';
import { ChangeFacts } from './change-facts';
import { isGone } from './proposals';
import type { Organization, OrganizationChange } from './types';

const ID = 'change-tick';

interface Props {
  organization: Organization;
  change: OrganizationChange;
  onDone: (said: TextKey) => void;
  /** It is no longer what is shown: nothing was done. */
  onChanged: () => void;
  onClose: () => void;
}

/** The second of two confirms exactly what is shown here (ORG-9). */
export function ConfirmChange({ organization, change, onDone, onChanged, onClose }: Props) {
  const { t, instant } = useTexts();
  const { kind } = change;
  const [ticked, setTicked] = useState(false);
  const { busy, outcome, submit } = useForm({
    names: ['tick'],
    wrong: (): Record<string, string> =>
      ticked || kind === 'tin' ? {} : { tick: t('changes.tickMissing') },
    send: () => confirmChange(organization.id, change, kind === 'tin' && ticked),
    onDone: () => onDone(`changes.done.${kind}`),
    onProblem: (problem) => {
      if (!isGone(problem)) return false;
      onChanged();
      return true;
    },
  });
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <FormSummary heading={t('changes.problem')} outcome={outcome} idOf={() => ID} />
      <p>{t(`changes.body.${kind}`)}</p>
      <p className="p-flat">{t('changes.by', { name: change.by_name, at: instant(change.at) })}</p>
      <ChangeFacts organization={organization} change={change} />
      <Choice
        id={ID}
        type="checkbox"
        name="tick"
        value="tick"
        label={t(`changes.tick.${kind}`)}
        hint={kind === 'tin' ? t('changes.tick.tinHint') : undefined}
        errorMessage={outcome.fields['tick']}
        checked={ticked}
        onChange={(event) => setTicked(event.target.checked)}
      />
      <div className="p-actions p-dialog-actions">
        <Button
          type="submit"
          variation="solid"
          className={kind === 'tin' ? '' : 'p-button--final'}
          aria-disabled={busy}
        >
          {t(busy ? 'overview.busy' : 'changes.confirm')}
        </Button>
        <Button variation="ghost" onClick={onClose}>
          {t('users.cancel')}
        </Button>
      </div>
    </form>
  );
}
