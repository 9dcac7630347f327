import type { FieldProblem, Mailbox } from '../../api/types';
import type { Params, TextKey } from '../../texts';
import { isGroup } from './draft-store';
import type { ChosenRecipient, Draft } from './draft-store';

/** Limits of MSG-2 and MSG-7. */
export const MAX_RECIPIENTS = 10;
const MAX_OF_STAFF = 20;
export const MAX_SUBJECT = 200;
export const MAX_TEXT = 20_000;

export type Field = 'to' | 'cc' | 'subject' | 'text' | 'files';
export type FieldError = { field: Field } & (
  { key: TextKey; params?: Params } | { detail: string }
);

/** Characters as people count them roughly: an emoji is one, not two. */
export const lengthOf = (text: string) => [...text].length;

/** How many people and departments a message may name; groups don't count. */
export const mostRecipients = (mailbox: Pick<Mailbox, 'kind'> | undefined) =>
  mailbox?.kind === 'department' ? MAX_OF_STAFF : MAX_RECIPIENTS;

const names = (files: Draft['files']) => files.map((row) => row.file.name).join(', ');

function checkGone(field: 'to' | 'cc', chosen: ChosenRecipient[]): FieldError[] {
  const gone = chosen.filter((one) => one.gone).map(({ name }) => name || '?');
  if (gone.length === 0) return [];
  return [{ field, key: 'compose.error.gone', params: { names: gone.join(', ') } }];
}

function checkRecipients({ to, cc }: Draft, max: number): FieldError[] {
  if (to.length === 0) return [{ field: 'to', key: 'compose.error.to' }, ...checkGone('cc', cc)];
  if ([...to, ...cc].filter((one) => !isGroup(one)).length > max) {
    return [{ field: 'to', key: 'compose.error.tooMany', params: { max } }];
  }
  return [...checkGone('to', to), ...checkGone('cc', cc)];
}

function checkText(
  field: 'subject' | 'text',
  value: string,
  max: number,
  missing: TextKey,
  long: TextKey,
): FieldError[] {
  if (value.trim() === '') return [{ field, key: missing }];
  return lengthOf(value) > max ? [{ field, key: long, params: { max } }] : [];
}

export function checkFiles(draft: Draft): FieldError[] {
  const stuck = draft.files.filter((row) => row.phase === 'refused' || row.phase === 'failed');
  if (stuck.length > 0) {
    return [{ field: 'files', key: 'compose.error.refused', params: { names: names(stuck) } }];
  }
  const waiting = draft.files.filter((row) => row.phase !== 'ready');
  if (waiting.length > 0) {
    return [{ field: 'files', key: 'compose.error.waiting', params: { names: names(waiting) } }];
  }
  return [];
}

/** A new message, an answer to one, or one that goes on to others with a note, which may be empty. */
export type Kind = 'new' | 'reply' | 'forward';

function checkNote({ text }: Draft): FieldError[] {
  if (lengthOf(text) <= MAX_TEXT) return [];
  return [{ field: 'text', key: 'compose.error.textLong', params: { max: MAX_TEXT } }];
}

/** Everything that is wrong, at once. The portal checks all of it again. */
export function checkDraft(draft: Draft, kind: Kind, max = MAX_RECIPIENTS): FieldError[] {
  if (kind === 'forward') {
    return [...checkRecipients(draft, max), ...checkNote(draft), ...checkFiles(draft)];
  }
  const text = checkText(
    'text',
    draft.text,
    MAX_TEXT,
    'compose.error.text',
    'compose.error.textLong',
  );
  if (kind === 'reply') return [...text, ...checkFiles(draft)];
  return [
    ...checkRecipients(draft, max),
    ...checkText(
      'subject',
      draft.subject,
      MAX_SUBJECT,
      'compose.error.subject',
      'compose.error.subjectLong',
    ),
    ...text,
    ...checkFiles(draft),
  ];
}

const FIELD_OF: Record<string, Field> = {
  to: 'to',
  groups: 'to',
  organization_id: 'to',
  cc: 'cc',
  subject: 'subject',
  text: 'text',
  upload_ids: 'files',
};

/** The portal's field errors at our fields; those of no field here are returned apart. */
export function fieldErrorsOf(errors: readonly FieldProblem[]) {
  const at: FieldError[] = [];
  const elsewhere: string[] = [];
  for (const { pointer, detail } of errors) {
    const field = FIELD_OF[pointer.split('/')[1] ?? ''];
    if (field) at.push({ field, detail });
    else elsewhere.push(detail);
  }
  return { at, elsewhere };
}
