import { Alert, Button } from '@cmsgov/design-system';
import { useEffect } from 'react';
import { Link, useLocation } from 'wouter';
import { problemOf } from '../../api/client';
import { flash } from '../../app/announcer';
import { keptEdits, useKeptEdit } from '../../app/kept-edits';
import { leaveSafely } from '../../app/leave-guard';
import { Page } from '../../app/page';
import { useTexts } from '../../texts/context';
import { FormSummary } from '../../ui/form-summary';
import { organizationPath, ORGANIZATIONS } from '../enrollment/paths';
import { settleRequest } from '../nominations/calls';
import { requestedOrganization } from '../nominations/requested';
import { useForm } from '../register/use-form';
import { useAttempts } from '../users/use-attempts';
import { postOrganization } from './calls';
import { bodyOf, FIELDS, fromRequest, NOTHING, wrongIn } from './organization-edit';
import type { Draft } from './organization-edit';
import { fieldId, OrganizationFields, wordsOf } from './organization-fields';
import { useOrganizationsChanged } from './queries';

const KEY = 'new organization';

/** A form that is being filled in; with a request it begins with what the practice told of itself. */
function useDraft() {
  const kept = useKeptEdit<Draft>(KEY);
  useEffect(() => {
    const requested = requestedOrganization.get();
    if (!requested) return;
    requestedOrganization.set(null);
    keptEdits.put(KEY, fromRequest(requested));
  }, []);
  return kept;
}

function useCreating(draft: Draft, onCreated: (id: string) => void) {
  const { t } = useTexts();
  const attempts = useAttempts();
  return useForm({
    names: FIELDS,
    wrong: () => wordsOf(t, wrongIn(draft, { withTin: true })),
    send: async () => {
      const body = bodyOf(draft);
      try {
        const { id } = await postOrganization(body, attempts.keyFor(body));
        // Where this fails, the request only stays on its list.
        if (draft.request_id) await settleRequest(draft.request_id, id).catch(() => undefined);
        onCreated(id);
      } catch (error) {
        if (problemOf(error).code === 'idempotency_key_reused') attempts.forget();
        throw error;
      }
    },
    onDone: () => undefined,
  });
}

/** Enrollment creates a practice (ORG-1). */
export function CreateOrganizationPage() {
  const { t } = useTexts();
  const [, navigate] = useLocation();
  const { edit, keep, drop } = useDraft();
  const draft = edit ?? NOTHING;
  const changed = useOrganizationsChanged();
  const { busy, outcome, submit } = useCreating(draft, (id) => {
    drop();
    changed();
    flash.onNextPage(t('organizations.created'));
    navigate(organizationPath(id));
  });
  return (
    <>
      <p className="p-back">
        <Link href={ORGANIZATIONS}>{t('organizations.back')}</Link>
      </p>
      <Page title={t('organizations.create')} className="p-user-form">
        <p className="p-lead">{t('organizations.createLead')}</p>
        {edit?.request_id && (
          <Alert role="region" heading={t('organizations.fromRequest')} headingLevel="2">
            <p className="p-flat">{t('organizations.fromRequestBody')}</p>
          </Alert>
        )}
        <FormSummary heading={t('organizations.summary')} outcome={outcome} idOf={fieldId} />
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            submit();
          }}
        >
          <OrganizationFields
            typed={draft}
            withTin
            wave={null}
            errors={outcome.fields}
            onChange={(part) => keep({ ...draft, ...part })}
          />
          <div className="p-actions p-user-form__bar">
            <Button type="submit" variation="solid" aria-disabled={busy}>
              {t(busy ? 'organizations.creating' : 'organizations.submit')}
            </Button>
            <Button variation="ghost" onClick={() => leaveSafely(() => navigate(ORGANIZATIONS))}>
              {t('users.cancel')}
            </Button>
          </div>
        </form>
      </Page>
    </>
  );
}
