import type { UploadPhase, UploadRow } from '../attachments/upload-row';
import { contentOf, EMPTY, isGroup, practiceOf } from '../compose/draft-store';
import type { ChosenRecipient, Draft } from '../compose/draft-store';
import type { DraftBody, DraftView } from './calls';

/** What a draft that isn't a new message is about. */
export interface About {
  mode: 'reply' | 'forward';
  threadId: string;
  messageId: string;
  /** Of the conversation, by which the draft is known in the list. */
  subject: string;
}

// The portal keeps no text of which nothing is seen.
const seen = (text: string) => (text.trim() === '' ? '' : text);
const idsOf = (chosen: ChosenRecipient[]) =>
  chosen.filter((one) => !isGroup(one)).map(({ id }) => id);

/** The groups among those whom a message goes to, as the portal takes them. */
export const groupsOf = (chosen: ChosenRecipient[]) =>
  chosen.flatMap(({ id, kind }) =>
    kind === 'administrators' || kind === 'everybody' ? [{ kind, organization_id: id }] : [],
  );

/** Whom a message goes to, in the parts that the portal takes. */
export function addressOf(draft: Draft) {
  const practice = practiceOf(draft);
  return {
    to: idsOf(draft.to),
    cc: idsOf(draft.cc),
    ...(practice && { organization_id: practice.id, groups: groupsOf(draft.to) }),
  };
}

/** A draft as the portal keeps it. */
export function bodyOfDraft(draft: Draft, about: About | null): DraftBody {
  const mode = about?.mode === 'reply' && draft.all ? 'reply_all' : (about?.mode ?? 'new');
  return {
    mode,
    ...(about && { thread_id: about.threadId, message_id: about.messageId }),
    ...addressOf(draft),
    subject: seen(about?.subject ?? draft.subject),
    text: seen(draft.text),
    urgent: draft.urgent,
    upload_ids: draft.files.flatMap(({ uploadId }) => uploadId ?? []),
  };
}

const PHASES: Record<string, UploadPhase> = {
  checking: 'checking',
  ready: 'ready',
  refused: 'refused',
};
const REASONS = ['infected', 'wrong_type', 'wrong_content', 'not_checked'] as const;

function fileOf({ id, file_name, size, state, reason }: DraftView['files'][number]): UploadRow {
  const known = REASONS.find((one) => one === reason) ?? 'not_checked';
  const phase = PHASES[state] ?? 'failed';
  const why =
    phase === 'refused'
      ? ({ key: `files.reason.${known}` } as const)
      : phase === 'failed'
        ? ({ key: 'files.reason.elsewhere' } as const)
        : null;
  return {
    rowId: id,
    file: { name: file_name, size },
    // Chosen on another device or before a reload: its bytes are not here any more.
    bytes: null,
    phase,
    percent: 100,
    step: 'poll',
    createKey: id,
    uploadId: id,
    why,
    hopeless: phase === 'refused' || phase === 'failed',
  };
}

/** A kept draft to go on with here. */
export function draftOf(view: DraftView): Draft {
  const groups = view.groups;
  const ofPractice = view.organization_id && {
    id: view.organization_id,
    name: groups.find(({ id }) => id === view.organization_id)?.name ?? '',
  };
  const chosen = (parties: DraftView['to']): ChosenRecipient[] =>
    parties.map((party) => ({
      ...party,
      ...(ofPractice && party.kind === 'member' && { practice: ofPractice }),
      ...(view.unreachable.includes(party.id) && { gone: true }),
    }));
  const whole = groups.map((group) => ({ ...group, practice: { id: group.id, name: group.name } }));
  const draft: Draft = {
    ...EMPTY,
    to: [...whole, ...chosen(view.to)],
    cc: chosen(view.cc),
    subject: view.mode === 'new' ? view.subject : '',
    text: view.text,
    urgent: view.urgent,
    all: view.mode === 'reply_all',
    messageId: view.message_id,
    files: view.files.map(fileOf),
    expired: view.expired_upload_ids.length,
  };
  const at = Date.parse(view.saved_at);
  return { ...draft, kept: { id: view.id, version: view.version, at, content: contentOf(draft) } };
}

/** Whether the portal has what was last sent to it, though its answer got lost. */
export function holds(view: DraftView, body: DraftBody): boolean {
  const parts = (one: DraftBody) =>
    JSON.stringify([
      one.to,
      one.cc,
      one.groups ?? [],
      one.subject,
      one.text,
      one.urgent,
      one.mode,
      one.upload_ids,
    ]);
  const ids = (parties: DraftView['to']) => parties.map(({ id }) => id);
  const kept: DraftBody = {
    mode: view.mode,
    to: ids(view.to),
    cc: ids(view.cc),
    groups: groupsOf(view.groups),
    subject: view.subject,
    text: view.text,
    urgent: view.urgent,
    upload_ids: [...view.files.map(({ id }) => id), ...view.expired_upload_ids],
  };
  return parts(kept) === parts(body);
}
