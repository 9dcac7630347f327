import { Button } from '@cmsgov/design-system';
import { useState } from 'react';
import { problemOf } from '../../api/client';
import { flash } from '../../app/announcer';
import { useTexts } from '../../texts/context';
import { FormSummary, NOTHING_WRONG, outcomeOf } from '../../ui/form-summary';
import type { Outcome } from '../../ui/form-summary';
import { CommentField, commentProblem } from '../users/comment-field';
import { patchStaff } from './calls';
import { DepartmentsField, RolesField } from './choices';
import { useStaffChanged } from './queries';
import { departmentsOf, settled } from './staff-edit';
import type { StaffEdit } from './staff-edit';
import type { StaffAccount } from './types';

const FIELDS = ['roles', 'departments', 'comment'];
const idOf = (field: string) => `staff-${field}`;

interface Props {
  account: StaffAccount;
  edit: StaffEdit;
  onEdit: (edit: StaffEdit | null) => void;
  onSaved: (sent: StaffEdit, after: StaffAccount) => void;
  /** Load the account anew and keep what was typed. */
  onStale: () => void;
}

function useSave({ account, edit, onSaved }: Props) {
  const { t } = useTexts();
  const changed = useStaffChanged();
  const [busy, setBusy] = useState(false);
  const [stale, setStale] = useState(false);
  const [outcome, setOutcome] = useState<Outcome>(NOTHING_WRONG);
  const save = async () => {
    if (busy) return;
    const attempt = outcome.attempt + 1;
    const patch = settled(account, edit);
    const fields: Record<string, string> = {};
    const wrong = commentProblem(t, edit.comment ?? '', false);
    if (wrong) fields['comment'] = wrong;
    if (edit.roles?.length === 0) fields['roles'] = t('staff.role.missing');
    setStale(false);
    if (Object.keys(fields).length > 0 || !patch) {
      const nothing = Object.keys(fields).length === 0;
      setOutcome({ fields, details: nothing ? [t('users.update.nothing')] : [], attempt });
      return;
    }
    setBusy(true);
    try {
      const after = await patchStaff(account.id, account.version, patch);
      setOutcome(NOTHING_WRONG);
      onSaved(edit, after);
      changed(after);
      flash.here(t('users.update.saved'));
      window.scrollTo(0, 0);
    } catch (error) {
      const problem = problemOf(error);
      setStale(problem.status === 412);
      setOutcome(outcomeOf(problem, FIELDS, attempt));
    } finally {
      setBusy(false);
    }
  };
  return { save, busy, stale, outcome };
}

/** Roles, departments and a comment, saved together. */
export function StaffForm(props: Props) {
  const { account, edit, onEdit, onStale } = props;
  const { t } = useTexts();
  const { save, busy, stale, outcome } = useSave(props);
  const change = (part: StaffEdit) => onEdit({ ...edit, ...part });
  return (
    <form
      noValidate
      className="p-card p-no-print"
      aria-labelledby="staff-access"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <h2 id="staff-access" className="ds-text-heading--lg p-flat" tabIndex={-1}>
        {t('staff.access')}
      </h2>
      <FormSummary heading={t('users.update.problem')} outcome={outcome} idOf={idOf}>
        {stale && (
          <Button size="small" className="p-gap-top" onClick={onStale}>
            {t('users.update.loadAnew')}
          </Button>
        )}
      </FormSummary>
      <RolesField
        id={idOf('roles')}
        roles={edit.roles ?? account.roles}
        error={outcome.fields['roles']}
        onChange={(roles) => change({ roles })}
      />
      <DepartmentsField
        id={idOf('departments')}
        departments={edit.departments ?? departmentsOf(account)}
        error={outcome.fields['departments']}
        onChange={(departments) => change({ departments })}
      />
      <CommentField
        id={idOf('comment')}
        label={t('users.comment.optional')}
        value={edit.comment ?? ''}
        error={outcome.fields['comment']}
        onChange={(comment) => change({ comment })}
      />
      <Button type="submit" variation="solid" className="p-gap-top" aria-disabled={busy}>
        {t(busy ? 'staff.saving' : 'staff.save')}
      </Button>
    </form>
  );
}
