import { Button, Choice } from '@cmsgov/design-system';
import { useState } from 'react';
import { useTexts } from '../../texts/context';
import { FormSummary } from '../../ui/form-summary';
import { useForm } from '../register/use-form';
import { toggled } from '../staff/staff-edit';
import { ChoiceGroup } from '../users/choice-fields';
import { GRANTED_LEVELS } from '../users/types';
import type { GrantedLevel } from '../users/types';
import { postApproval } from './calls';
import { isChanged } from './place';
import type { Nomination, SignedForm } from './types';

const ID = 'approve-access_levels';

interface Props {
  nomination: Nomination;
  form: SignedForm;
  onDone: (after: Nomination) => void;
  onChanged: () => void;
  onClose: () => void;
}

/** The administrator's own access levels are chosen with the approval, within what the practice may use (ORG-7). */
export function ApproveForm({ nomination, form, onDone, onChanged, onClose }: Props) {
  const { t } = useTexts();
  const { organization, flags } = nomination;
  const offered = GRANTED_LEVELS.filter((level) => nomination.entitlements.includes(level));
  const [levels, setLevels] = useState<readonly GrantedLevel[]>([]);
  const { busy, outcome, submit } = useForm({
    names: ['access_levels'],
    wrong: () => ({}),
    send: async () => onDone(await postApproval(nomination, levels)),
    onDone: () => undefined,
    onProblem: (problem) => {
      if (isChanged(problem)) onChanged();
      return isChanged(problem);
    },
  });
  const { administrator_name: name, administrator_email: email } = form;
  const hint = [
    t('nominations.approve.levelsHint'),
    ...(flags.member_here ? [t('nominations.approve.keeps')] : []),
  ].join(' ');
  const kind =
    flags.member_here === 'active' ? 'seated' : flags.has_sign_in ? 'hasSignIn' : 'invited';
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <FormSummary heading={t('nominations.approve.problem')} outcome={outcome} idOf={() => ID} />
      <p>{t(`nominations.approve.${kind}`, { name, email, practice: organization.name })}</p>
      {nomination.successor && <p>{t('nominations.successor')}</p>}
      <ChoiceGroup
        id={ID}
        legend={t('nominations.approve.levels')}
        hint={hint}
        error={outcome.fields['access_levels']}
      >
        {offered.length === 0 && <p className="p-flat">{t('nominations.approve.noLevels')}</p>}
        {offered.map((level) => (
          <Choice
            key={level}
            type="checkbox"
            name={`approve-${level}`}
            value={level}
            label={t(`users.level.${level}`)}
            hint={t(`users.level.about.${level}`)}
            checked={levels.includes(level)}
            onChange={(event) => setLevels(toggled(levels, level, event.target.checked))}
          />
        ))}
      </ChoiceGroup>
      <div className="p-actions p-dialog-actions">
        <Button type="submit" variation="solid" aria-disabled={busy}>
          {t(busy ? 'nominations.approve.busy' : 'nominations.approve')}
        </Button>
        <Button variation="ghost" onClick={onClose}>
          {t('nominations.cancel')}
        </Button>
      </div>
    </form>
  );
}
