import { Alert, Button } from '@cmsgov/design-system';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import { flash } from '../../app/announcer';
import { useKeptEdit } from '../../app/kept-edits';
import { leaveSafely } from '../../app/leave-guard';
import { Page } from '../../app/page';
import { useTexts } from '../../texts/context';
import { FormSummary } from '../../ui/form-summary';
import { organizationPath } from '../enrollment/paths';
import { useForm } from '../register/use-form';
import { patchOrganization } from './calls';
import { FIELDS, patchOf, settled, shownOf, wrongIn } from './organization-edit';
import type { Typed } from './organization-edit';
import { fieldId, OrganizationFields, wordsOf } from './organization-fields';
import { OneOrganization } from './one-organization';
import { organizationKey, useOrganizationsChanged } from './queries';
import type { Organization } from './types';

interface Props {
  organization: Organization;
}

function useSaving(organization: Organization, typed: Typed, onSaved: () => void) {
  const { t } = useTexts();
  const changed = useOrganizationsChanged();
  const [stale, setStale] = useState(false);
  const form = useForm({
    names: FIELDS,
    wrong: () => {
      setStale(false);
      return wordsOf(t, wrongIn(typed, { withTin: false }));
    },
    send: async () => {
      const patch = patchOf(organization, typed);
      if (patch) await patchOrganization(organization.id, organization.version, patch);
    },
    onDone: () => {
      changed();
      onSaved();
    },
    onProblem: ({ status }) => {
      setStale(status === 412);
      return false;
    },
  });
  return { ...form, stale };
}

function OpenForm({ organization }: Props) {
  const { t } = useTexts();
  const [, navigate] = useLocation();
  const client = useQueryClient();
  const { edit = {}, keep, drop } = useKeptEdit<Partial<Typed>>(`organization ${organization.id}`);
  const typed = shownOf(organization, edit);
  const page = organizationPath(organization.id);
  const { busy, stale, outcome, submit } = useSaving(organization, typed, () => {
    drop();
    flash.onNextPage(t('organizations.saved'));
    navigate(page);
  });
  const change = (part: Partial<Typed>) => {
    const unsaved = settled(organization, { ...edit, ...part });
    if (unsaved) keep(unsaved);
    else drop();
  };
  const loadAnew = () =>
    void client.refetchQueries({ queryKey: organizationKey(organization.id) }).then(() => {
      flash.here(t('organizations.loadedAnew'));
      window.scrollTo(0, 0);
      document.getElementById('organization-practice')?.focus({ preventScroll: true });
    });
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <FormSummary heading={t('organizations.problem')} outcome={outcome} idOf={fieldId}>
        {stale && (
          <Button size="small" className="p-gap-top" onClick={loadAnew}>
            {t('users.update.loadAnew')}
          </Button>
        )}
      </FormSummary>
      <OrganizationFields
        typed={typed}
        withTin={false}
        wave={organization.wave}
        errors={outcome.fields}
        onChange={change}
      />
      <div className="p-actions p-user-form__bar">
        <Button type="submit" variation="solid" aria-disabled={busy}>
          {t(busy ? 'staff.saving' : 'staff.save')}
        </Button>
        <Button variation="ghost" onClick={() => leaveSafely(() => navigate(page))}>
          {t('users.cancel')}
        </Button>
      </div>
    </form>
  );
}

/** What enrollment states about a practice, to change by one person; a TIN takes two (ORG-7, ORG-9). */
export function EditOrganizationPage({ id }: { id: string }) {
  const { t } = useTexts();
  return (
    <>
      <p className="p-back">
        <Link href={organizationPath(id)}>{t('organizations.backToOne')}</Link>
      </p>
      <OneOrganization id={id} title={t('organizations.edit')}>
        {(organization) => (
          <Page
            title={t('organizations.edit')}
            heading={t('organizations.editName', { name: organization.name })}
            className="p-user-form"
          >
            {organization.closed_at ? (
              <Alert role="region" heading={t('organizations.closed')} headingLevel="2">
                <p className="p-flat">{t('organizations.closedNoEdit')}</p>
              </Alert>
            ) : (
              <OpenForm organization={organization} />
            )}
          </Page>
        )}
      </OneOrganization>
    </>
  );
}
