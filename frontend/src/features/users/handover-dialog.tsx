import { Button, Choice, Dialog } from '@cmsgov/design-system';
import { useState } from 'react';
import { problemOf } from '../../api/client';
import { useTexts } from '../../texts/context';
import { FormSummary, NOTHING_WRONG, outcomeOf } from '../../ui/form-summary';
import type { Outcome } from '../../ui/form-summary';
import { Loading } from '../../ui/loading';
import { ProblemAlert } from '../../ui/problem-alert';
import { useDebounced } from '../../ui/use-debounced';
import { postHandover } from './calls';
import { ChoiceGroup } from './choice-fields';
import { EVERYBODY } from './filters';
import { fieldOf, NewHolderFields, NO_HOLDER } from './new-holder';
import { looksShared, PERSON_FIELDS } from './new-user';
import { useMembers } from './queries';
import { StatusTag } from './status-tag';
import type { FormerBecomes, Handover, MemberRow, NewHolder, Roster, Status } from './types';

const TYPING_PAUSE_MS = 300;
const BY_NAME = { ...EVERYBODY, sort: 'name' } as const;
/** The seat moves when the successor is active, so somebody invited may be named too (ORG-5). */
const MAY_TAKE: readonly Status[] = ['active', 'unverified'];
const BECOMES: readonly FormerBecomes[] = ['backup_administrator', 'general_user'];
const FIELDS = [
  'membership_id',
  'former_becomes',
  ...PERSON_FIELDS.map(({ name }) => fieldOf(name)),
];
const trimmed = ({ name, email, phone, confirmed_person }: NewHolder): NewHolder => ({
  name: name.trim(),
  email: email.trim(),
  phone: phone.trim(),
  confirmed_person,
});
const idOf = (field: string) => `handover-${field}`;

interface ChoiceProps {
  seatId: string | undefined;
  chosen: MemberRow | null;
  error: string | undefined;
  onChoose: (row: MemberRow) => void;
}

function SuccessorChoice({ seatId, chosen, error, onChoose }: ChoiceProps) {
  const { t } = useTexts();
  const [typed, setTyped] = useState('');
  const search = useDebounced(typed, TYPING_PAUSE_MS).trim();
  const found = useMembers(BY_NAME, search, null);
  const rows = (found.data?.items ?? []).filter(
    ({ id, status }) => id !== seatId && MAY_TAKE.includes(status),
  );
  // Whoever is chosen stays in sight, whatever is searched for next.
  const shown = chosen && !rows.some(({ id }) => id === chosen.id) ? [chosen, ...rows] : rows;
  return (
    <>
      <label className="ds-c-label" htmlFor="handover-search">
        {t('users.handover.search')}
      </label>
      <input
        id="handover-search"
        className="ds-c-field p-handover__search"
        type="search"
        autoComplete="off"
        spellCheck={false}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <ChoiceGroup id={idOf('membership_id')} legend={t('users.handover.who')} error={error}>
        {found.error && !found.data && (
          <ProblemAlert problem={problemOf(found.error)} retry={() => void found.refetch()} />
        )}
        {found.isPending && <Loading />}
        <div className="p-handover__rows">
          {shown.map((row) => (
            <div key={row.id} className="p-handover__row">
              <Choice
                type="radio"
                size="small"
                name="handover-member"
                value={row.id}
                label={row.name}
                hint={row.email}
                checked={chosen?.id === row.id}
                onChange={() => onChoose(row)}
              />
              <StatusTag status={row.status} />
            </div>
          ))}
        </div>
        <div aria-live="polite">
          {found.data && shown.length === 0 && (
            <p className="p-flat">{t('users.handover.nobody')}</p>
          )}
        </div>
      </ChoiceGroup>
    </>
  );
}

interface Props {
  roster: Roster;
  onDone: (after: Roster, successor: { id: string; name: string }) => void;
  onClose: () => void;
}

/** What is sent, and what of it is missing. */
function useHandover(onDone: Props['onDone']) {
  const { t } = useTexts();
  const [busy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<Outcome>(NOTHING_WRONG);
  const [asks, setAsks] = useState(false);

  const send = async (body: Handover, missing: Record<string, string>) => {
    if (busy) return;
    const attempt = outcome.attempt + 1;
    if (Object.keys(missing).length > 0) {
      setOutcome({ fields: missing, details: [], attempt });
      return;
    }
    setBusy(true);
    try {
      const after = await postHandover(body);
      const { id, name } = after.handover?.member ?? { id: body.membership_id ?? '', name: '' };
      onDone(after, { id, name });
    } catch (error) {
      const problem = problemOf(error);
      if (looksShared(problem)) setAsks(true);
      setOutcome(outcomeOf(problem, FIELDS, attempt));
      setBusy(false);
    }
  };
  const handOver = (chosen: MemberRow | null, former_becomes: FormerBecomes) =>
    send(
      { membership_id: chosen?.id ?? null, former_becomes },
      chosen ? {} : { membership_id: t('users.handover.chooseMember') },
    );
  const invite = (person: NewHolder, former_becomes: FormerBecomes) => {
    const empty = PERSON_FIELDS.map(({ name }) => name).filter((name) => !person[name].trim());
    const texts = empty.map((name) => [fieldOf(name), t(`users.create.missing.${name}`)]);
    return send({ new_person: trimmed(person), former_becomes }, Object.fromEntries(texts));
  };
  const forget = () => setOutcome(NOTHING_WRONG);
  return { handOver, invite, forget, busy, outcome, asks };
}

function HandoverBody({ roster, onDone, onClose }: Props) {
  const { t } = useTexts();
  const [chosen, setChosen] = useState<MemberRow | null>(null);
  const [person, setPerson] = useState<NewHolder | null>(null);
  const [becomes, setBecomes] = useState<FormerBecomes>('backup_administrator');
  const { handOver, invite, forget, busy, outcome, asks } = useHandover((after, { id, name }) =>
    onDone(after, { id, name: name || (chosen?.name ?? '') }),
  );
  const choose = (next: NewHolder | null) => {
    setPerson(next);
    forget();
  };
  return (
    <>
      <FormSummary heading={t('users.handover.problem')} outcome={outcome} idOf={idOf} />
      {person ? (
        <NewHolderFields
          person={person}
          asks={asks}
          idOf={idOf}
          errorOf={(field) => outcome.fields[field]}
          onChange={(part) => setPerson({ ...person, ...part })}
        />
      ) : (
        <SuccessorChoice
          seatId={roster.seat?.id}
          chosen={chosen}
          error={outcome.fields['membership_id']}
          onChoose={setChosen}
        />
      )}
      <p className="p-handover__new">
        {!person && t('users.handover.notHere')}{' '}
        <Button size="small" onClick={() => choose(person ? null : NO_HOLDER)}>
          {t(person ? 'users.handover.choose' : 'users.handover.invite')}
        </Button>
      </p>
      <ChoiceGroup
        id={idOf('former_becomes')}
        legend={t('users.handover.former')}
        error={outcome.fields['former_becomes']}
      >
        {BECOMES.map((role) => (
          <Choice
            key={role}
            type="radio"
            name="handover-former"
            value={role}
            label={t(`users.role.${role}`)}
            checked={becomes === role}
            onChange={() => setBecomes(role)}
          />
        ))}
      </ChoiceGroup>
      <div className="p-actions p-dialog-actions">
        <Button
          variation="solid"
          aria-disabled={busy}
          onClick={() => void (person ? invite(person, becomes) : handOver(chosen, becomes))}
        >
          {t(busy ? 'users.move.busy' : 'users.handover.confirm')}
        </Button>
        <Button variation="ghost" onClick={onClose}>
          {t('users.cancel')}
        </Button>
      </div>
    </>
  );
}

/** The local administrator hands the seat to another member or somebody new, in one step (ORG-5). */
export function HandoverDialog({ open, ...body }: Props & { open: boolean }) {
  const { t } = useTexts();
  return (
    <Dialog
      isOpen={open}
      onExit={body.onClose}
      className="p-handover"
      heading={t('users.handover.title')}
      ariaCloseLabel={t('app.close')}
    >
      {open && <HandoverBody {...body} />}
    </Dialog>
  );
}
