import { Button, Choice, TextField } from '@cmsgov/design-system';
import { useState } from 'react';
import { useTexts } from '../../texts/context';
import { FormSummary } from '../../ui/form-summary';
import { useForm } from '../register/use-form';
import { ChoiceGroup } from '../users/choice-fields';
import { useAttempts } from '../users/use-attempts';
import { postReviewCall } from './calls';
import type { Practice } from './types';

const idOf = (field: string) => `call-${field}`;

interface Props {
  chosen: readonly Practice[];
  onCalled: () => void;
  onClose: () => void;
}

/** "Review your users now": everybody or the chosen practices, by a date (REV-1). */
export function CallForm({ chosen, onCalled, onClose }: Props) {
  const { t, tn } = useTexts();
  const attempts = useAttempts();
  const [everybody, setEverybody] = useState(chosen.length === 0);
  const [by, setBy] = useState('');
  const { busy, outcome, submit } = useForm({
    names: ['organization_ids', 'by'],
    wrong: () => ({ ...(by === '' && { by: t('overview.call.by.missing') }) }),
    send: () => {
      const body = { organization_ids: everybody ? null : chosen.map(({ id }) => id), by };
      return postReviewCall(body, attempts.keyFor(body));
    },
    onDone: onCalled,
  });
  const choices = [
    [true, t('overview.call.everybody'), t('overview.call.everybodyHint')],
    [false, tn('overview.call.chosen', chosen.length), chosen.map(({ name }) => name).join(', ')],
  ] as const;
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <FormSummary heading={t('overview.call.problem')} outcome={outcome} idOf={idOf} />
      <p>{t('overview.call.body')}</p>
      {chosen.length === 0 ? (
        <>
          <p className="p-strong p-flat">{t('overview.call.everybody')}</p>
          <p className="p-flat">{t('overview.call.howToChoose')}</p>
        </>
      ) : (
        <ChoiceGroup
          id={idOf('organization_ids')}
          legend={t('overview.call.whom')}
          error={outcome.fields['organization_ids']}
        >
          {choices.map(([value, label, hint]) => (
            <Choice
              key={label}
              type="radio"
              name="call-whom"
              value={String(value)}
              label={label}
              hint={hint}
              checked={everybody === value}
              onChange={() => setEverybody(value)}
            />
          ))}
        </ChoiceGroup>
      )}
      <TextField
        id={idOf('by')}
        name="by"
        type="date"
        label={t('overview.call.by.label')}
        hint={t('overview.call.by.hint')}
        className="p-field"
        value={by}
        onChange={(event: { target: HTMLInputElement }) => setBy(event.target.value)}
        errorMessage={outcome.fields['by']}
        aria-required
      />
      <div className="p-actions p-dialog-actions">
        <Button type="submit" variation="solid" aria-disabled={busy}>
          {t(busy ? 'overview.busy' : 'overview.call')}
        </Button>
        <Button variation="ghost" onClick={onClose}>
          {t('users.cancel')}
        </Button>
      </div>
    </form>
  );
}
