import { Button, Dialog, TextField } from '@cmsgov/design-system';
import { useState } from 'react';
import { Link, useLocation, useSearch } from 'wouter';
import { problemOf } from '../../api/client';
import type { Problem } from '../../api/types';
import { flash } from '../../app/announcer';
import { useKeptEdit } from '../../app/kept-edits';
import { leaveSafely } from '../../app/leave-guard';
import { Page } from '../../app/page';
import { useTexts } from '../../texts/context';
import { FormSummary, NOTHING_WRONG, outcomeOf } from '../../ui/form-summary';
import type { Outcome } from '../../ui/form-summary';
import { postMember } from './calls';
import { LevelsField, RoleField } from './choice-fields';
import { useChoices } from './use-choices';
import { bodyOf, FIELDS, looksShared, missingIn, nobody, PERSON_FIELDS } from './new-user';
import type { NewUser } from './new-user';
import { userPath } from './paths';
import { ProvidersField } from './providers-field';
import { useChanged, useRoster } from './queries';
import { RosterWarnings } from './roster-warnings';
import { useAttempts } from './use-attempts';

const KEY = 'new user';
const idOf = (field: string) => `new-${field}`;

/** ACC-2: what looks like a front desk or a shared address is created only for one named person. */
function SharedQuestion(props: { problem: Problem | null; onYes: () => void; onNo: () => void }) {
  const { t } = useTexts();
  const details = [...new Set(props.problem?.errors?.map(({ detail }) => detail))];
  return (
    <Dialog
      isOpen={props.problem !== null}
      onExit={props.onNo}
      size="narrow"
      heading={t('users.shared.title')}
      ariaCloseLabel={t('app.close')}
      actions={
        <div className="p-actions">
          <Button variation="solid" onClick={props.onNo}>
            {t('users.shared.no')}
          </Button>
          <Button onClick={props.onYes}>{t('users.shared.yes')}</Button>
        </div>
      }
    >
      <p className="p-strong">{t('users.shared.question')}</p>
      <ul className="p-summary">
        {details.map((detail) => (
          <li key={detail}>{detail}</li>
        ))}
      </ul>
      <p>{t('users.shared.why')}</p>
    </Dialog>
  );
}

function useCreate(person: NewUser, unlimited: boolean, onCreated: (id: string) => void) {
  const { t } = useTexts();
  const attempts = useAttempts();
  const [busy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<Outcome>(NOTHING_WRONG);
  const [shared, setShared] = useState<Problem | null>(null);

  const create = async (confirmed: boolean) => {
    if (busy) return;
    setShared(null);
    const attempt = outcome.attempt + 1;
    const missing = missingIn(person).map((name) => [name, t(`users.create.missing.${name}`)]);
    if (unlimited) missing.push(['providers', t('users.providers.choose')]);
    if (missing.length > 0) {
      setOutcome({ fields: Object.fromEntries(missing), details: [], attempt });
      return;
    }
    setBusy(true);
    try {
      const body = bodyOf(person, confirmed);
      const { id } = await postMember(body, attempts.keyFor(body));
      onCreated(id);
    } catch (error) {
      const problem = problemOf(error);
      if (problem.code === 'idempotency_key_reused') attempts.forget();
      if (looksShared(problem)) setShared(problem);
      else setOutcome(outcomeOf(problem, FIELDS, attempt));
    } finally {
      setBusy(false);
    }
  };
  return { create, busy, outcome, shared, correct: () => setShared(null) };
}

/** An administrator creates an account; nothing is ticked at first (ACC-2). */
export function CreateUserPage() {
  const { t } = useTexts();
  const [, navigate] = useLocation();
  const backup = new URLSearchParams(useSearch()).get('role') === 'backup_administrator';
  const { edit, keep, drop } = useKeptEdit<NewUser>(KEY);
  const person = edit ?? nobody(backup ? 'backup_administrator' : 'general_user');
  const choices = useChoices();
  const roster = useRoster().data;
  const changed = useChanged();
  const [limited, setLimited] = useState(false);
  const unlimited = limited && person.providers.length === 0;
  const { create, busy, outcome, shared, correct } = useCreate(person, unlimited, (id) => {
    drop();
    changed.somebody();
    flash.onNextPage(t('users.create.done'));
    navigate(userPath(id));
  });
  const change = (part: Partial<NewUser>) => keep({ ...person, ...part });
  const error = (name: string) => outcome.fields[name];

  return (
    <>
      <p className="p-back">
        <Link href="/users">{t('users.back')}</Link>
      </p>
      <Page title={t('users.create.title')} className="p-user-form">
        <p className="p-lead">{t('users.create.lead')}</p>
        {person.role !== 'backup_administrator' && <RosterWarnings roster={roster} />}
        <FormSummary heading={t('users.create.summary')} outcome={outcome} idOf={idOf} />
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            void create(false);
          }}
        >
          <section className="p-card" aria-labelledby="new-person">
            <h2 id="new-person" className="ds-text-heading--lg p-flat">
              {t('users.create.person')}
            </h2>
            {PERSON_FIELDS.map(({ name, type, label, hint }) => (
              <TextField
                key={name}
                id={idOf(name)}
                name={name}
                type={type}
                label={t(label)}
                hint={hint && t(hint)}
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
          <section className="p-card" aria-labelledby="new-access">
            <h2 id="new-access" className="ds-text-heading--lg p-flat">
              {t('users.create.access')}
            </h2>
            <RoleField
              id={idOf('role')}
              role={person.role}
              roles={['general_user', 'backup_administrator']}
              error={error('role')}
              onChange={(role) => role !== 'local_administrator' && change({ role })}
            />
            <LevelsField
              id={idOf('access_levels')}
              held={person.access_levels}
              entitled={choices.entitlements}
              managesAccount={person.role === 'backup_administrator'}
              error={error('access_levels')}
              onToggle={(level, held) => {
                const others = person.access_levels.filter((other) => other !== level);
                change({ access_levels: held ? [...others, level] : others });
              }}
            />
            <ProvidersField
              id={idOf('providers')}
              providers={person.providers}
              npis={choices.npis}
              limited={limited || person.providers.length > 0}
              error={error('providers')}
              onChange={(providers, only) => {
                setLimited(only);
                change({ providers });
              }}
            />
          </section>
          <div className="p-actions p-user-form__bar">
            <Button type="submit" variation="solid" aria-disabled={busy}>
              {t(busy ? 'users.create.busy' : 'users.create.submit')}
            </Button>
            <Button variation="ghost" onClick={() => leaveSafely(() => navigate('/users'))}>
              {t('users.cancel')}
            </Button>
          </div>
        </form>
      </Page>
      <SharedQuestion problem={shared} onYes={() => void create(true)} onNo={correct} />
    </>
  );
}
