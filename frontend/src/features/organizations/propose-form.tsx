import { Button, TextField } from '@cmsgov/design-system';
import { useState } from 'react';
import type { TextKey } from '../../texts';
import { useTexts } from '../../texts/context';
import { FormSummary } from '../../ui/form-summary';
import { useForm } from '../register/use-form';
import { useAttempts } from '../users/use-attempts';
import { postChange } from './calls';
import { isTin, tinOf } from './numbers';
import { PracticePicker } from './practice-picker';
import type { NewChange, Organization, OrganizationChange, OrganizationRow } from './types';

const idOf = (field: string) => `change-${field}`;

interface Props {
  organization: Organization;
  kind: OrganizationChange['kind'];
  onDone: (said: TextKey) => void;
  onClose: () => void;
}

/** The first of two proposes: nothing changes before another one has confirmed it (ORG-9). */
export function ProposeForm({ organization, kind, onDone, onClose }: Props) {
  const { t } = useTexts();
  const attempts = useAttempts();
  const [tin, setTin] = useState('');
  const [into, setInto] = useState<OrganizationRow | null>(null);
  const digits = tinOf(tin);
  const { busy, outcome, submit } = useForm({
    names: ['tin', 'into'],
    wrong: (): Record<string, string> => {
      if (kind === 'tin' && !isTin(digits)) return { tin: t('organizations.wrong.tin') };
      if (kind === 'merge' && !into) return { into: t('changes.merge.missing') };
      return {};
    },
    send: () => {
      const body: NewChange = {
        kind,
        ...(kind === 'tin' && { tin: digits }),
        ...(kind === 'merge' && into && { into: into.id }),
      };
      return postChange(organization.id, body, attempts.keyFor(body));
    },
    onDone: () => onDone('changes.proposed'),
  });
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <FormSummary heading={t('changes.problem')} outcome={outcome} idOf={idOf} />
      <p>{t(`changes.body.${kind}`)}</p>
      {kind === 'tin' && (
        <TextField
          id={idOf('tin')}
          name="tin"
          label={t('changes.tin.new')}
          hint={t('organizations.tinHint')}
          className="p-field"
          inputMode="numeric"
          autoComplete="off"
          spellCheck={false}
          value={tin}
          onChange={(event: { target: HTMLInputElement }) => setTin(event.target.value)}
          errorMessage={outcome.fields['tin']}
          aria-required
        />
      )}
      {kind === 'merge' && (
        <PracticePicker
          id={idOf('into')}
          legend={t('changes.merge.into')}
          error={outcome.fields['into']}
          chosen={into ? [into] : []}
          several={false}
          without={({ id }) => id === organization.id}
          onChange={(chosen) => setInto(chosen[0] ?? null)}
        />
      )}
      <p className="p-gap-top">{t('changes.second')}</p>
      <div className="p-actions p-dialog-actions">
        <Button type="submit" variation="solid" aria-disabled={busy}>
          {t(busy ? 'overview.busy' : 'changes.propose')}
        </Button>
        <Button variation="ghost" onClick={onClose}>
          {t('users.cancel')}
        </Button>
      </div>
    </form>
  );
}
