import type { FieldProblem } from '../../api/types';
import type { Params, TextKey } from '../../texts';
import type { Draft } from './draft-store';

/** Limits of MSG-2 and MSG-7. */
export const MAX_RECIPIENTS = 10;
export const MAX_SUBJECT = 200;
export const MAX_TEXT = 20_000;

export type Field = 'to' | 'cc' | 'subject' | 'text' | 'files';
export type FieldError = { field: Field } & (
  { key: TextKey; params?: Params } | { detail: string }
);

/** Characters as people count them roughly: an emoji is one, not two. */
export const lengthOf = (text: string) => [...text].length;

const names = (files: Draft['files']) => files.map((row) => row.file.name).join(', ');

function checkRecipients(draft: Draft): FieldError[] {
  if (draft.to.length === 0) return [{ field: 'to', key: 'compose.error.to' }];
  if (draft.to.length + draft.cc.length > MAX_RECIPIENTS) {
    return [{ field: 'to', key: 'compose.error.tooMany', params: { max: MAX_RECIPIENTS } }];
  }
  return [];
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

/** Everything that is wrong, at once. The portal checks all of it again. */
export function checkDraft(draft: Draft, reply: boolean): FieldError[] {
  const text = checkText(
    'text',
    draft.text,
    MAX_TEXT,
    'compose.error.text',
    'compose.error.textLong',
  );
  if (reply) return [...text, ...checkFiles(draft)];
  return [
    ...checkRecipients(draft),
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
