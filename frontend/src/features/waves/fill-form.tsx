import { Button } from '@cmsgov/design-system';
import { useState } from 'react';
import { useTexts } from '../../texts/context';
import { FormSummary } from '../../ui/form-summary';
import { PracticePicker } from '../organizations/practice-picker';
import type { OrganizationRow } from '../organizations/types';
import { useForm } from '../register/use-form';
import { fillWave } from './calls';
import { MOST_MOVED } from './types';
import type { Wave } from './types';

const idOf = (field: string) => `fill-${field}`;

interface Props {
  wave: Wave;
  onFilled: (wave: Wave, count: number) => void;
  onClose: () => void;
}

/** Moves practices into a wave, out of the one that they are in (ORG-2). */
export function FillForm({ wave, onFilled, onClose }: Props) {
  const { t, tn } = useTexts();
  const [chosen, setChosen] = useState<OrganizationRow[]>([]);
  const { busy, outcome, submit } = useForm({
    names: ['organization_ids'],
    wrong: (): Record<string, string> => {
      if (chosen.length === 0) return { organization_ids: t('waves.fill.missing') };
      if (chosen.length <= MOST_MOVED) return {};
      return { organization_ids: t('waves.fill.tooMany', { most: MOST_MOVED }) };
    },
    send: async () =>
      onFilled(
        await fillWave(
          wave.id,
          chosen.map(({ id }) => id),
        ),
        chosen.length,
      ),
    onDone: () => undefined,
  });
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <FormSummary heading={t('waves.fill.problem')} outcome={outcome} idOf={idOf} />
      <p>{t(wave.started_at ? 'waves.fill.bodyStarted' : 'waves.fill.body')}</p>
      <PracticePicker
        id={idOf('organization_ids')}
        legend={t('waves.fill.which')}
        hint={t('waves.fill.hint', { most: MOST_MOVED })}
        error={outcome.fields['organization_ids']}
        chosen={chosen}
        several
        onChange={setChosen}
      />
      <div className="p-actions p-dialog-actions">
        <Button type="submit" variation="solid" aria-disabled={busy}>
          {busy ? t('overview.busy') : tn('waves.fill.submit', chosen.length)}
        </Button>
        <Button variation="ghost" onClick={onClose}>
          {t('users.cancel')}
        </Button>
      </div>
    </form>
  );
}
