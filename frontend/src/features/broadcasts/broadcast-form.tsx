import { Button, Dialog } from '@cmsgov/design-system';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { problemOf } from '../../api/client';
import type { Mailbox } from '../../api/types';
import { leaveSafely, useLeaveGuard } from '../../app/leave-guard';
import { useTexts } from '../../texts/context';
import type { TextKey } from '../../texts';
import { FormSummary, NOTHING_WRONG, outcomeOf } from '../../ui/form-summary';
import type { Outcome } from '../../ui/form-summary';
import { resumeFiles } from '../attachments/uploads';
import { checkDraft } from '../compose/check-draft';
import { attemptFor, drafts, isEmpty } from '../compose/draft-store';
import type { Draft } from '../compose/draft-store';
import { errorText, fieldId } from '../compose/error-summary';
import { MessageFields, SubjectField } from '../compose/message-fields';
import { postBroadcast } from './calls';
import type { Group, NewBroadcast } from './calls';
import { TinFile, TINS_ID } from './tin-file';
import { MOST_PRACTICES } from './tins';
import type { TinList } from './tins';

const GROUPS: readonly Group[] = ['administrators', 'everybody'];
const NAMES = ['tins', 'subject', 'text', 'upload_ids', 'to'] as const;
const IDS: Readonly<Record<string, string>> = {
  tins: TINS_ID,
  to: 'broadcast-to',
  subject: fieldId('subject'),
  text: fieldId('text'),
  files: fieldId('files'),
  upload_ids: fieldId('files'),
};

/** Its own place beside the new message, so that neither overwrites the other. */
const keyOf = (mailboxId: string) => `broadcast ${mailboxId}`;

function useWords(mailboxId: string) {
  const key = keyOf(mailboxId);
  const draft = useSyncExternalStore(drafts.subscribe, () => drafts.get(key));
  useLeaveGuard(
    () => !isEmpty(drafts.get(key)),
    () => drafts.drop(key),
  );
  useEffect(() => resumeFiles(mailboxId, key), [mailboxId, key]);
  const update = (part: Partial<Draft>) => drafts.update(key, (now) => ({ ...now, ...part }));
  return { key, draft, update };
}

interface Props {
  mailbox: Mailbox;
  onStarted: (workId: string) => void;
  onCancel: () => void;
}

/** The same words to many practices, each of which sees only itself (MSG-11). */
export function BroadcastForm({ mailbox, onStarted, onCancel }: Props) {
  const { t, tn } = useTexts();
  const { key, draft, update } = useWords(mailbox.id);
  const [to, setTo] = useState<Group>('administrators');
  const [list, setList] = useState<TinList | null>(null);
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<Outcome>(NOTHING_WRONG);
  /** Whether what is wrong was found here, before anything was sent. */
  const [ours, setOurs] = useState(true);

  const wrongList = (): TextKey | null => {
    if (!list || list.tins.length === 0) return 'broadcast.error.none';
    return list.tins.length > MOST_PRACTICES ? 'broadcast.error.many' : null;
  };
  const wrongNow = () => {
    const fields: Record<string, string> = {};
    const wrong = wrongList();
    if (wrong) fields['tins'] = t(wrong, { max: MOST_PRACTICES });
    for (const error of checkDraft(draft, 'new')) {
      if (error.field !== 'to') fields[error.field] = errorText(t, error);
    }
    return fields;
  };
  const check = () => {
    const fields = wrongNow();
    setOutcome({ fields, details: [], attempt: outcome.attempt + 1 });
    setOurs(true);
    if (Object.keys(fields).length === 0) setAsking(true);
  };
  const send = async () => {
    if (busy || !list) return;
    setBusy(true);
    setAsking(false);
    const { subject, text, urgent, files } = draft;
    const upload_ids = files.flatMap(({ uploadId }) => uploadId ?? []);
    const body: NewBroadcast = {
      mailbox_id: mailbox.id,
      to,
      tins: list.tins,
      subject,
      text,
      urgent,
      upload_ids,
    };
    const attempt = attemptFor(draft, JSON.stringify(body), () => crypto.randomUUID());
    update({ attempt });
    try {
      const { work_id } = await postBroadcast(body, attempt.key);
      drafts.drop(key);
      onStarted(work_id);
    } catch (error) {
      setOurs(false);
      setOutcome(outcomeOf(problemOf(error), NAMES, outcome.attempt + 1));
      setBusy(false);
    }
  };
  // What has been corrected since disappears at once; the portal's own findings stay until the next try.
  const still = wrongNow();
  const told = ours
    ? Object.fromEntries(Object.entries(outcome.fields).filter(([name]) => name in still))
    : outcome.fields;
  return (
    <>
      <FormSummary
        heading={t('compose.summary')}
        outcome={{ ...outcome, fields: told }}
        idOf={(field) => IDS[field] ?? field}
      />
      <form noValidate className="p-form" onSubmit={(event) => event.preventDefault()}>
        <dl className="p-facts">
          <dt>{t('compose.from')}</dt>
          <dd>{mailbox.name}</dd>
        </dl>
        <TinFile list={list} error={told['tins']} onRead={setList} />
        <div className="p-field">
          <label className="ds-c-label" htmlFor="broadcast-to">
            {t('compose.to')}
          </label>
          <select
            id="broadcast-to"
            className="ds-c-field"
            value={to}
            onChange={(event) => setTo(event.currentTarget.value as Group)}
          >
            {GROUPS.map((group) => (
              <option key={group} value={group}>
                {t(`broadcast.to.${group}`)}
              </option>
            ))}
          </select>
        </div>
        <SubjectField draft={draft} update={update} error={told['subject']} />
        <MessageFields
          mailboxId={mailbox.id}
          draftKey={key}
          draft={draft}
          update={update}
          errors={[
            ...(told['text'] ? [{ field: 'text' as const, detail: told['text'] }] : []),
            ...(told['files'] ? [{ field: 'files' as const, detail: told['files'] }] : []),
          ]}
        />
        <div className="p-sendbar">
          <div className="p-actions">
            <Button variation="solid" aria-disabled={busy} onClick={check}>
              {t(busy ? 'compose.sending' : 'compose.send')}
            </Button>
            <Button variation="ghost" onClick={() => leaveSafely(onCancel)}>
              {t('compose.cancel')}
            </Button>
          </div>
        </div>
      </form>
      <Dialog
        isOpen={asking}
        onExit={() => setAsking(false)}
        heading={tn('broadcast.ask', list?.tins.length ?? 0)}
        ariaCloseLabel={t('app.close')}
      >
        <p>{t('broadcast.askBody')}</p>
        <div className="p-actions p-dialog-actions">
          <Button variation="solid" onClick={() => void send()}>
            {t('compose.send')}
          </Button>
          <Button variation="ghost" onClick={() => setAsking(false)}>
            {t('leave.stay')}
          </Button>
        </div>
      </Dialog>
    </>
  );
}
