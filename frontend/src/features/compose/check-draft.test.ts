import { describe, expect, it } from 'vitest';
import type { UploadPhase, UploadRow } from '../attachments/upload-row';
import { checkDraft, fieldErrorsOf, lengthOf } from './check-draft';
import type { Kind } from './check-draft';
import { EMPTY } from './draft-store';
import type { Draft } from './draft-store';

const person = (id: string) => ({ id, kind: 'member' as const, name: id });
const file = (name: string, phase: UploadPhase): UploadRow => ({
  rowId: name,
  file: { name, size: 1 },
  bytes: new File(['x'], name),
  phase,
  percent: 0,
  step: 'create',
  createKey: name,
  uploadId: null,
  why: null,
  hopeless: false,
});
const good: Draft = { ...EMPTY, to: [person('a')], subject: 'S', text: 'T' };
const fields = (draft: Draft, kind: Kind = 'new') =>
  checkDraft(draft, kind).map(({ field }) => field);

describe('checkDraft (MSG-2)', () => {
  it('accepts a complete message and names everything that is missing', () => {
    expect(checkDraft(good, 'new')).toEqual([]);
    expect(fields(EMPTY)).toEqual(['to', 'subject', 'text']);
    expect(fields(EMPTY, 'reply')).toEqual(['text']);
    expect(fields(EMPTY, 'forward')).toEqual(['to']);
    expect(fields({ ...good, text: 'x'.repeat(20_001) }, 'forward')).toEqual(['text']);
  });

  it('holds at the limits, counted in characters', () => {
    expect(fields({ ...good, subject: '💙'.repeat(200) })).toEqual([]);
    expect(fields({ ...good, subject: '💙'.repeat(201) })).toEqual(['subject']);
    expect(fields({ ...good, text: 'x'.repeat(20_000) })).toEqual([]);
    expect(fields({ ...good, text: 'x'.repeat(20_001) })).toEqual(['text']);
    const many = Array.from({ length: 6 }, (_, n) => person(String(n)));
    expect(fields({ ...good, to: many, cc: many.slice(0, 4) })).toEqual([]);
    expect(fields({ ...good, to: many, cc: many.slice(0, 5) })).toEqual(['to']);
    expect(lengthOf('é💙')).toBe(2);
  });

  it('waits for files and names those that stand in the way (MSG-8)', () => {
    expect(checkDraft({ ...good, files: [file('a.pdf', 'ready')] }, 'new')).toEqual([]);
    expect(checkDraft({ ...good, files: [file('a.pdf', 'checking')] }, 'new')).toEqual([
      { field: 'files', key: 'compose.error.waiting', params: { names: 'a.pdf' } },
    ]);
    const mixed = [file('a.pdf', 'uploading'), file('b.exe', 'refused'), file('c.pdf', 'failed')];
    expect(checkDraft({ ...good, files: mixed }, 'reply')).toEqual([
      { field: 'files', key: 'compose.error.refused', params: { names: 'b.exe, c.pdf' } },
    ]);
  });
});

describe('fieldErrorsOf', () => {
  it('finds the field of a pointer, also of an item in a list', () => {
    const { at, elsewhere } = fieldErrorsOf([
      { pointer: '/to/0', code: 'x', detail: 'no such recipient' },
      { pointer: '/upload_ids/1', code: 'x', detail: 'not ready' },
      { pointer: '/message_id', code: 'x', detail: 'gone' },
    ]);
    expect(at.map(({ field }) => field)).toEqual(['to', 'files']);
    expect(elsewhere).toEqual(['gone']);
  });
});
