import '../../styles/staff.css';
import '../../styles/users.css';
import '../../texts/plan';
import '../../texts/staff';
import '../../texts/users';
import { Button, Dialog } from '@cmsgov/design-system';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { problemOf } from '../../api/client';
import { flash } from '../../app/announcer';
import { NotFound } from '../../app/not-found';
import { Page } from '../../app/page';
import { useSession } from '../../app/session-context';
import { useTexts } from '../../texts/context';
import { Loading } from '../../ui/loading';
import { ProblemAlert } from '../../ui/problem-alert';
import { FinalButton } from '../helpdesk/final-dialog';
import { useDepartments } from '../staff/queries';
import { patchDepartment } from './calls';
import { DepartmentForm } from './department-form';
import type { Department } from './types';

interface CardProps {
  department: Department;
  onEdit: () => void;
  onChanged: () => Promise<void>;
}

function DepartmentCard({ department, onEdit, onChanged }: CardProps) {
  const { t } = useTexts();
  const { id, version, name, category, description, audience, active } = department;
  const activate = async (next: boolean) => {
    try {
      await patchDepartment(id, version, { active: next });
    } catch (error) {
      await onChanged();
      throw error;
    }
    flash.here(t(next ? 'departments.broughtBack' : 'departments.retired', { name }));
    await onChanged();
  };
  return (
    <li className="p-card" aria-label={name}>
      <h2 className="ds-text-heading--lg p-flat">{name}</h2>
      <dl className="p-facts p-user-facts">
        <dt>{t('departments.state')}</dt>
        <dd>{t(active ? 'departments.state.active' : 'departments.state.retired')}</dd>
        <dt>{t('departments.category')}</dt>
        <dd>{category}</dd>
        {description && (
          <>
            <dt>{t('departments.about')}</dt>
            <dd>{description}</dd>
          </>
        )}
        <dt>{t('departments.audience')}</dt>
        <dd>{t(`departments.audience.${audience}`)}</dd>
      </dl>
      <div className="p-actions p-gap-top">
        <Button aria-label={t('departments.editName', { name })} onClick={onEdit}>
          {t('departments.edit')}
        </Button>
        {active ? (
          <FinalButton
            label={t('departments.retire')}
            heading={t('departments.retireTitle', { name })}
            body={t('departments.retireBody')}
            act={() => activate(false)}
          />
        ) : (
          <FinalButton
            label={t('departments.bringBack')}
            heading={t('departments.bringBackTitle', { name })}
            body={t('departments.bringBackBody')}
            act={() => activate(true)}
          />
        )}
      </div>
    </li>
  );
}

/** A plan administrator keeps the departments that practices write to (MSG-6). */
export function DepartmentsPage() {
  const { t } = useTexts();
  const { staff } = useSession();
  const client = useQueryClient();
  const { data, error, refetch } = useDepartments();
  const [open, setOpen] = useState<Department | 'new' | null>(null);
  if (!staff?.roles.includes('plan_administrator')) return <NotFound />;
  const changed = () => client.invalidateQueries({ queryKey: ['departments'] });
  const edited = open === 'new' ? null : open;
  return (
    <Page
      title={t('departments.title')}
      aside={
        <Button variation="solid" onClick={() => setOpen('new')}>
          {t('departments.add')}
        </Button>
      }
    >
      <p className="p-lead">{t('departments.lead')}</p>
      {error && !data && <ProblemAlert problem={problemOf(error)} retry={() => void refetch()} />}
      {!data && !error && <Loading />}
      <ul className="p-plain p-cards">
        {data?.items.map((department) => (
          <DepartmentCard
            key={department.id}
            department={department}
            onEdit={() => setOpen(department)}
            onChanged={changed}
          />
        ))}
      </ul>
      <Dialog
        isOpen={open !== null}
        onExit={() => setOpen(null)}
        heading={edited ? t('departments.editName', { name: edited.name }) : t('departments.add')}
        ariaCloseLabel={t('app.close')}
      >
        {open && (
          <DepartmentForm
            department={edited}
            onSaved={({ name }) => {
              setOpen(null);
              flash.here(t(edited ? 'departments.saved' : 'departments.added', { name }));
              void changed();
            }}
            onStale={() => {
              setOpen(null);
              void changed();
            }}
            onClose={() => setOpen(null)}
          />
        )}
      </Dialog>
    </Page>
  );
}
