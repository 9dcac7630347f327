import { Button, Choice, TextField } from '@cmsgov/design-system';
import { useState } from 'react';
import { problemOf } from '../../api/client';
import { usePlan } from '../../app/plan';
import { useTexts } from '../../texts/context';
import { FormSummary } from '../../ui/form-summary';
import { useForm } from '../register/use-form';
import { putPhase } from './calls';
import { bodyOf, typedOf, WHENS, wrongIn } from './typed';
import type { FeaturePhase, ScopePhases } from './types';

const NAMES = ['on_date', 'off_date', 'grace_days', 'note'];
const idOf = (field: string) => `phase-${field}`;

interface Props {
  scope: ScopePhases;
  line: FeaturePhase;
  onSaved: () => void;
  onStale: () => void;
  onClose: () => void;
}

/** From when and until when a feature is on in a scope, and what users are told (ORG-8). */
export function PhaseForm({ scope, line, onSaved, onStale, onClose }: Props) {
  const { t } = useTexts();
  const plan = usePlan();
  const [typed, setTyped] = useState(() => typedOf(line));
  const [stale, setStale] = useState(false);
  const { when } = typed;
  const { busy, outcome, submit } = useForm({
    names: NAMES,
    wrong: () =>
      Object.fromEntries(
        Object.entries(wrongIn(typed)).map(([field, wrong]) => [field, t(`phases.${wrong}`)]),
      ),
    send: async () => {
      try {
        await putPhase(scope.id, line.feature, scope.version, bodyOf(typed));
      } catch (error) {
        setStale(problemOf(error).status === 412);
        throw error;
      }
    },
    onDone: onSaved,
  });
  const enter = (field: keyof typeof typed) => ({
    id: idOf(field),
    name: field,
    className: 'p-field',
    value: typed[field],
    onChange: (event: { target: { value: string } }) =>
      setTyped({ ...typed, [field]: event.target.value }),
    errorMessage: outcome.fields[field],
  });
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <FormSummary heading={t('phases.problem')} outcome={outcome} idOf={idOf}>
        {stale && (
          <Button size="small" className="p-gap-top" onClick={onStale}>
            {t('phases.loadAnew')}
          </Button>
        )}
      </FormSummary>
      <fieldset className="p-field" id={idOf('when')} tabIndex={-1}>
        <legend className="ds-c-label">{t('phases.when')}</legend>
        {WHENS.map((each) => (
          <Choice
            key={each}
            type="radio"
            name="when"
            value={each}
            label={t(`phases.when.${each}`)}
            checked={when === each}
            onChange={() => setTyped({ ...typed, when: each })}
          />
        ))}
      </fieldset>
      {when !== 'unknown' && (
        <>
          <div className="p-phase__dates">
            <TextField
              type="date"
              label={t('phases.on_date')}
              {...enter('on_date')}
              aria-required
            />
            {when === 'until' && (
              <TextField
                type="date"
                label={t('phases.off_date')}
                {...enter('off_date')}
                aria-required
              />
            )}
          </div>
          {plan && <p className="ds-c-hint p-flat">{t('phases.days', { zone: plan.time_zone })}</p>}
        </>
      )}
      {when === 'until' && (
        <TextField
          label={t('phases.grace_days')}
          hint={t('phases.grace_daysHint')}
          inputMode="numeric"
          autoComplete="off"
          {...enter('grace_days')}
        />
      )}
      <TextField
        multiline
        rows={4}
        label={t('phases.noteLabel')}
        hint={t('phases.noteHint')}
        autoComplete="off"
        {...enter('note')}
      />
      <div className="p-actions p-dialog-actions">
        <Button type="submit" variation="solid" aria-disabled={busy}>
          {t(busy ? 'staff.saving' : 'staff.save')}
        </Button>
        <Button variation="ghost" onClick={onClose}>
          {t('users.cancel')}
        </Button>
      </div>
    </form>
  );
}
