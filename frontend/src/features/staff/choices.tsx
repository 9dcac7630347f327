import { Choice } from '@cmsgov/design-system';
import { useTexts } from '../../texts/context';
import { ChoiceGroup } from '../users/choice-fields';
import { useDepartments } from './queries';
import { toggled } from './staff-edit';
import { ROLES } from './types';
import type { StaffRole } from './types';

interface RolesProps {
  id: string;
  roles: readonly StaffRole[];
  error?: string | undefined;
  onChange: (roles: StaffRole[]) => void;
}

export function RolesField({ id, roles, error, onChange }: RolesProps) {
  const { t } = useTexts();
  return (
    <ChoiceGroup id={id} legend={t('staff.role')} hint={t('staff.roles.hint')} error={error}>
      {ROLES.map((role) => (
        <Choice
          key={role}
          type="checkbox"
          name={`${id}-${role}`}
          value={role}
          label={t(`staff.role.${role}`)}
          hint={t(`staff.role.about.${role}`)}
          checked={roles.includes(role)}
          onChange={(event) => onChange(toggled(roles, role, event.target.checked))}
        />
      ))}
    </ChoiceGroup>
  );
}

interface DepartmentsProps {
  id: string;
  departments: readonly string[];
  error?: string | undefined;
  onChange: (departments: string[]) => void;
}

export function DepartmentsField({ id, departments, error, onChange }: DepartmentsProps) {
  const { t } = useTexts();
  const offered = useDepartments().data?.items.filter(
    (department) => department.active || departments.includes(department.id),
  );
  return (
    <ChoiceGroup
      id={id}
      legend={t('staff.departments')}
      hint={t('staff.departments.hint')}
      error={error}
    >
      {offered?.map((department) => (
        <Choice
          key={department.id}
          type="checkbox"
          name={`${id}-${department.id}`}
          value={department.id}
          label={department.name}
          hint={department.active ? department.category : t('staff.department.retired')}
          checked={departments.includes(department.id)}
          onChange={(event) => onChange(toggled(departments, department.id, event.target.checked))}
        />
      ))}
    </ChoiceGroup>
  );
}
