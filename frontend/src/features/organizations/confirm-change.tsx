import { Button, Choice } from '@cmsgov/design-system';
import { useState } from 'react';
import type { TextKey } from '../../texts';
import { useTexts } from '../../texts/context';
import { FormSummary } from '../../ui/form-summary';
import { useForm } from '../register/use-form';
import { confirmChange } from './calls';
import { ChangeFacts } from './change-facts';
import type { Organization, OrganizationChange } from './types';

const ID = 'change-tick';

interface Props {
  organization: Organization;
  change: OrganizationChange;
  onDone: (said: TextKey) => void;
  onClose: () => void;
}

/** The second of two confirms exactly what is shown here (ORG-9). */
export function ConfirmChange({ organization, change, onDone, onClose }: Props) {
  const { t } = useTexts();
  const { kind } = change;
  const [ticked, setTicked] = useState(false);
  const { busy, outcome, submit } = useForm({
    names: ['tick'],
    wrong: (): Record<string, string> =>
      ticked || kind === 'tin' ? {} : { tick: t('changes.tickMissing') },
    send: () => confirmChange(organization.id, change, kind === 'tin' && ticked),
    onDone: () => onDone(`changes.done.${kind}`),
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
