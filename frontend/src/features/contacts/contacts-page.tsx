import '../../styles/phases.css';
import '../../styles/staff.css';
import '../../styles/users.css';
import '../../texts/phases';
import { Button, TextField } from '@cmsgov/design-system';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { problemOf } from '../../api/client';
import { flash } from '../../app/announcer';
import { NotFound } from '../../app/not-found';
import { Page } from '../../app/page';
import { useSession } from '../../app/session-context';
import { useTexts } from '../../texts/context';
import { FormSummary } from '../../ui/form-summary';
import { Loading } from '../../ui/loading';
import { ProblemAlert } from '../../ui/problem-alert';
import { useForm } from '../register/use-form';
import { getContacts, putContacts } from './calls';
import { contactsIn, NAMES, namedAs, typedOf } from './typed';
import type { Contacts } from './calls';
import { TOPICS } from './calls';

const idOf = (field: string) => `contacts-${field}`;

function ContactsForm({ kept, onSaved }: { kept: Contacts; onSaved: () => void }) {
  const { t } = useTexts();
  const client = useQueryClient();
  const [typed, setTyped] = useState(() => typedOf(kept.contacts));
  const [stale, setStale] = useState(false);
  const contacts = contactsIn(typed);
  const { busy, outcome, submit } = useForm({
    names: contacts.flatMap((_, place) => [`contacts/${place}/phone`, `contacts/${place}/email`]),
    wrong: () => ({}),
    send: async () => {
      try {
        await putContacts(kept.version, contacts);
      } catch (error) {
        setStale(problemOf(error).status === 412);
        throw error;
      }
    },
    onDone: () => {
      flash.here(t('contacts.saved'));
      window.scrollTo(0, 0);
      // The help of every page tells of them.
      void client.invalidateQueries({ queryKey: ['plan'] });
      onSaved();
    },
  });
  const here = { ...outcome, fields: namedAs(outcome.fields, contacts) };
  return (
    <form
      className="p-card"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <FormSummary heading={t('contacts.problem')} outcome={here} idOf={idOf}>
        {stale && (
          <Button size="small" className="p-gap-top" onClick={onSaved}>
            {t('phases.loadAnew')}
          </Button>
        )}
      </FormSummary>
      {TOPICS.map((topic) => (
        <fieldset key={topic} className="p-field">
          <legend className="ds-text-heading--md">{t(`help.topic.${topic}`)}</legend>
          <div className="p-contacts__fields">
            {NAMES.map((name) => (
              <TextField
                key={name}
                id={idOf(`${topic}-${name}`)}
                name={`${topic}-${name}`}
                type={name === 'email' ? 'email' : 'tel'}
                label={t(`contacts.${name}`)}
                autoComplete="off"
                spellCheck={false}
                value={typed[topic][name]}
                onChange={(event: { target: HTMLInputElement }) =>
                  setTyped({ ...typed, [topic]: { ...typed[topic], [name]: event.target.value } })
                }
                errorMessage={here.fields[`${topic}-${name}`]}
              />
            ))}
          </div>
        </fieldset>
      ))}
      <div className="p-actions p-gap-top">
        <Button type="submit" variation="solid" aria-disabled={busy}>
          {t(busy ? 'contacts.saving' : 'contacts.save')}
        </Button>
      </div>
    </form>
  );
}

/** A plan administrator says whom to ask about what (PLT-6). */
export function ContactsPage() {
  const { t } = useTexts();
  const { staff } = useSession();
  const administers = staff?.roles.includes('plan_administrator') ?? false;
  const { data, error, refetch } = useQuery({
    queryKey: ['contacts'],
    queryFn: ({ signal }) => getContacts(signal),
    enabled: administers,
    refetchOnMount: 'always',
    gcTime: 0,
  });
  if (!administers) return <NotFound />;
  return (
    <Page title={t('contacts.title')}>
      <p className="p-lead">{t('contacts.lead')}</p>
      {error && !data && <ProblemAlert problem={problemOf(error)} retry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data && <ContactsForm key={data.version} kept={data} onSaved={() => void refetch()} />}
    </Page>
  );
}
