import { Button, TextField } from '@cmsgov/design-system';
import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import { problemOf } from '../../api/client';
import { flash } from '../../app/announcer';
import { useKeptEdit } from '../../app/kept-edits';
import { leaveSafely } from '../../app/leave-guard';
import { Page } from '../../app/page';
import { useTexts } from '../../texts/context';
import { FormSummary, NOTHING_WRONG, outcomeOf } from '../../ui/form-summary';
import type { Outcome } from '../../ui/form-summary';
import { useAttempts } from '../users/use-attempts';
import { postStaff } from './calls';
import { DepartmentsField, RolesField } from './choices';
import { STAFF, staffPath } from './paths';
import { useStaffChanged } from './queries';
import type { NewStaff } from './types';

const NOBODY: NewStaff = { name: '', email: '', phone: '', roles: [], departments: [] };
const FIELDS = ['name', 'email', 'phone', 'roles', 'departments'];
const PERSON = [
  ['name', 'text', 'users.name'],
  ['email', 'email', 'users.workEmail'],
  ['phone', 'tel', 'users.phone'],
] as const;
const idOf = (field: string) => `new-staff-${field}`;

function useCreate(person: NewStaff, onCreated: (id: string) => void) {
  const { t } = useTexts();
  const attempts = useAttempts();
  const [busy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<Outcome>(NOTHING_WRONG);
  const create = async () => {
    if (busy) return;
    const attempt = outcome.attempt + 1;
    const body = {
      ...person,
      name: person.name.trim(),
      email: person.email.trim(),
      phone: person.phone.trim(),
    };
    const fields: Record<string, string> = {};
    for (const [name] of PERSON) if (!body[name]) fields[name] = t(`users.create.missing.${name}`);
    if (body.roles.length === 0) fields['roles'] = t('staff.role.missing');
    if (Object.keys(fields).length > 0) {
      setOutcome({ fields, details: [], attempt });
      return;
    }
    setBusy(true);
    try {
      onCreated((await postStaff(body, attempts.keyFor(body))).id);
    } catch (error) {
      const problem = problemOf(error);
      if (problem.code === 'idempotency_key_reused') attempts.forget();
      setOutcome(outcomeOf(problem, FIELDS, attempt));
    } finally {
      setBusy(false);
    }
  };
  return { create, busy, outcome };
}

/** A plan administrator creates a staff account (ACC-11). */
export function CreateStaffPage() {
  const { t } = useTexts();
  const [, navigate] = useLocation();
  const { edit, keep, drop } = useKeptEdit<NewStaff>('new staff');
  const person = edit ?? NOBODY;
  const changed = useStaffChanged();
  const { create, busy, outcome } = useCreate(person, (id) => {
    drop();
    changed();
    flash.onNextPage(t('staff.created'));
    navigate(staffPath(id));
  });
  const change = (part: Partial<NewStaff>) => keep({ ...person, ...part });
  const error = (name: string) => outcome.fields[name];
  return (
    <>
      <p className="p-back">
        <Link href={STAFF}>{t('staff.back')}</Link>
      </p>
      <Page title={t('staff.create')} className="p-user-form">
        <p className="p-lead">{t('staff.createLead')}</p>
        <FormSummary heading={t('users.create.summary')} outcome={outcome} idOf={idOf} />
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            void create();
          }}
        >
          <section className="p-card" aria-labelledby="new-staff-person">
            <h2 id="new-staff-person" className="ds-text-heading--lg p-flat">
              {t('users.create.person')}
            </h2>
            {PERSON.map(([name, type, label]) => (
              <TextField
                key={name}
                id={idOf(name)}
                name={name}
                type={type}
                label={t(label)}
                className="p-field"
                autoComplete="off"
                spellCheck={false}
                value={person[name]}
                onChange={(event: { target: HTMLInputElement }) =>
                  change({ [name]: event.target.value })
                }
                errorMessage={error(name)}
                aria-required
              />
            ))}
          </section>
          <section className="p-card" aria-labelledby="new-staff-access">
            <h2 id="new-staff-access" className="ds-text-heading--lg p-flat">
              {t('staff.access')}
            </h2>
            <RolesField
              id={idOf('roles')}
              roles={person.roles}
              error={error('roles')}
              onChange={(roles) => change({ roles })}
            />
            <DepartmentsField
              id={idOf('departments')}
              departments={person.departments}
              error={error('departments')}
              onChange={(departments) => change({ departments })}
            />
          </section>
          <div className="p-actions p-user-form__bar">
            <Button type="submit" variation="solid" aria-disabled={busy}>
              {t(busy ? 'staff.submitting' : 'staff.submit')}
            </Button>
            <Button variation="ghost" onClick={() => leaveSafely(() => navigate(STAFF))}>
              {t('users.cancel')}
            </Button>
          </div>
        </form>
      </Page>
    </>
  );
}
