import { Button, Choice, TextField } from '@cmsgov/design-system';
import { useState } from 'react';
import { problemOf } from '../../api/client';
import { useTexts } from '../../texts/context';
import { FormSummary } from '../../ui/form-summary';
import { useForm } from '../register/use-form';
import { useAttempts } from '../users/use-attempts';
import { patchDepartment, postDepartment } from './calls';
import { AUDIENCES } from './types';
import type { Department, NewDepartment } from './types';

const LINES = [
  ['name', 'departments.name'],
  ['category', 'departments.category'],
  ['description', 'departments.description'],
] as const;
const NAMES = ['name', 'category', 'description', 'audience'];
const NOTHING: NewDepartment = { name: '', category: '', description: '', audience: 'everyone' };
const idOf = (field: string) => `department-${field}`;

interface Props {
  /** The one to change; none to add one. */
  department: Department | null;
  onSaved: (saved: Department) => void;
  onStale: () => void;
  onClose: () => void;
}

/** What a department is called and who may write to it (MSG-6). */
export function DepartmentForm({ department, onSaved, onStale, onClose }: Props) {
  const { t } = useTexts();
  const attempts = useAttempts();
  const [typed, setTyped] = useState<NewDepartment>(department ?? NOTHING);
  const [stale, setStale] = useState(false);
  const { name, category, description, audience } = typed;
  const body = {
    name: name.trim(),
    category: category.trim(),
    description: description.trim(),
    audience,
  };
  const { busy, outcome, submit } = useForm({
    names: NAMES,
    wrong: () => ({
      ...(!body.name && { name: t('departments.missing.name') }),
      ...(!body.category && { category: t('departments.missing.category') }),
    }),
    send: async () => {
      try {
        onSaved(
          department
            ? await patchDepartment(department.id, department.version, body)
            : await postDepartment(body, attempts.keyFor(body)),
        );
      } catch (error) {
        setStale(problemOf(error).status === 412);
        throw error;
      }
    },
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
      <FormSummary heading={t('departments.problem')} outcome={outcome} idOf={idOf}>
        {stale && (
          <Button size="small" className="p-gap-top" onClick={onStale}>
            {t('users.update.loadAnew')}
          </Button>
        )}
      </FormSummary>
      {LINES.map(([field, label]) => (
        <TextField
          key={field}
          id={idOf(field)}
          name={field}
          label={t(label)}
          className="p-field"
          autoComplete="off"
          value={typed[field]}
          onChange={(event: { target: HTMLInputElement }) =>
            setTyped({ ...typed, [field]: event.target.value })
          }
          errorMessage={outcome.fields[field]}
          aria-required={field !== 'description'}
        />
      ))}
      <fieldset className="p-field" id={idOf('audience')} tabIndex={-1}>
        <legend className="ds-c-label">{t('departments.audience')}</legend>
        {AUDIENCES.map((each) => (
          <Choice
            key={each}
            type="radio"
            name="audience"
            value={each}
            label={t(`departments.audience.${each}`)}
            checked={audience === each}
            onChange={() => setTyped({ ...typed, audience: each })}
          />
        ))}
      </fieldset>
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
