import { Button, TextField } from '@cmsgov/design-system';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { flash } from '../../app/announcer';
import { useKeptEdit } from '../../app/kept-edits';
import { Page } from '../../app/page';
import { useTexts } from '../../texts/context';
import { FormSummary } from '../../ui/form-summary';
import { useForm } from '../register/use-form';
import { findPerson } from './calls';
import { CaseList } from './case-list';
import { FoundCard } from './found-card';
import { OpenCaseForm } from './open-case-form';
import type { OpenCase } from './open-case-form';
import { casePath } from './paths';
import { useCaseChanged } from './queries';
import type { FoundPerson } from './types';

const idOf = (field: string) => `helpdesk-${field}`;

function Search({ onFound }: { onFound: (found: FoundPerson | null) => void }) {
  const { t } = useTexts();
  const [email, setEmail] = useState('');
  const { busy, outcome, submit } = useForm({
    names: ['email'],
    wrong: () => ({ ...(email.trim() === '' && { email: t('helpdesk.emailMissing') }) }),
    send: async () => onFound((await findPerson(email.trim())).items[0] ?? null),
    onDone: () => undefined,
  });
  return (
    <>
      <FormSummary heading={t('helpdesk.problem')} outcome={outcome} idOf={idOf} />
      <form
        noValidate
        role="search"
        aria-label={t('helpdesk.find')}
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <TextField
          id={idOf('email')}
          name="email"
          type="email"
          label={t('helpdesk.email')}
          hint={t('helpdesk.emailHint')}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          value={email}
          onChange={(event: { target: HTMLInputElement }) => setEmail(event.target.value)}
          errorMessage={outcome.fields['email']}
        />
        <Button type="submit" className="p-gap-top" aria-disabled={busy}>
          {t(busy ? 'helpdesk.finding' : 'helpdesk.find')}
        </Button>
      </form>
    </>
  );
}

/** Somebody calls who has lost what they sign in with (CRD-5). */
export function HelpdeskPage() {
  const { t } = useTexts();
  const [, navigate] = useLocation();
  const [found, setFound] = useState<FoundPerson | null | 'not asked'>('not asked');
  const { edit, keep, drop } = useKeptEdit<OpenCase>('new case');
  const changed = useCaseChanged('helpdesk');
  return (
    <Page title={t('helpdesk.title')} className="p-helpdesk">
      <p className="p-lead">{t('helpdesk.lead')}</p>
      <section className="p-card" aria-labelledby="helpdesk-find">
        <h2 id="helpdesk-find" className="ds-text-heading--lg p-flat" tabIndex={-1}>
          {t('helpdesk.new')}
        </h2>
        {edit ? (
          <OpenCaseForm
            edit={edit}
            onEdit={keep}
            onCancel={drop}
            onOpened={(opened) => {
              drop();
              changed(opened);
              flash.onNextPage(t('helpdesk.opened'));
              navigate(casePath('helpdesk', opened.id));
            }}
          />
        ) : (
          <>
            <Search onFound={setFound} />
            <div role="status">{found === null && <p>{t('helpdesk.nobody')}</p>}</div>
            {found !== null && found !== 'not asked' && (
              <FoundCard key={found.user_id} found={found} onOpen={keep} />
            )}
          </>
        )}
      </section>
      <section className="p-card" aria-labelledby="helpdesk-open">
        <h2 id="helpdesk-open" className="ds-text-heading--lg p-flat">
          {t('helpdesk.open')}
        </h2>
        <CaseList side="helpdesk" />
      </section>
    </Page>
  );
}
