import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { drafts } from '../compose/draft-store';
import type { DraftBody, DraftView } from './calls';
import { Keeper, PAUSE_MS } from './keeping';
import { draftOf } from './shapes';

const KEY = 'new mem_1';
const calls: { method: string; headers: Headers; body: DraftBody | null }[] = [];
let answers: (() => Response)[] = [];

const json = (status: number, body: object) => () =>
  new Response(JSON.stringify(body), {
    status,
    headers: { 'Content-Type': 'application/json' },
  });
const saved = (version: number) =>
  json(200, { id: 'drf_1', version, saved_at: '2026-03-02T15:00:00Z' });
const problem = (status: number, code: string) => json(status, { code, status, detail: code });
const lost = () => {
  throw new TypeError('the connection broke');
};
const view = (text: string, version: number): DraftView => ({
  id: 'drf_1',
  version,
  saved_at: '2026-03-02T15:00:00Z',
  mode: 'new',
  thread_id: null,
  message_id: null,
  organization_id: null,
  to: [],
  cc: [],
  groups: [],
  unreachable: [],
  subject: '',
  text,
  urgent: false,
  files: [],
  expired_upload_ids: [],
});

let keeper: Keeper;
const write = (text: string) => drafts.update(KEY, (draft) => ({ ...draft, text }));
const methods = () => calls.map(({ method }) => method);

beforeEach(() => {
  vi.useFakeTimers();
  calls.length = 0;
  answers = [];
  vi.stubGlobal('fetch', (_: string, init: RequestInit) => {
    const body = typeof init.body === 'string' ? (JSON.parse(init.body) as DraftBody) : null;
    calls.push({ method: init.method ?? '', headers: new Headers(init.headers), body });
    return Promise.resolve().then(() => answers.shift()?.() ?? lost());
  });
  drafts.clear();
  keeper = new Keeper({ mailboxId: 'mem_1', draftKey: KEY, about: null });
});

afterEach(() => {
  keeper.stop();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('keeping a draft (MSG-2)', () => {
  it('waits for a pause, begins it once, and then names the version it changes', async () => {
    answers = [saved(0), saved(1)];
    for (const text of ['A', 'A b', 'A book']) {
      write(text);
      keeper.look();
      await vi.advanceTimersByTimeAsync(PAUSE_MS - 1);
    }
    expect(calls).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(methods()).toEqual(['POST']);
    expect(drafts.get(KEY).kept).toMatchObject({ id: 'drf_1', version: 0 });
    write('A book is due');
    expect(await keeper.flush()).toBe(true);
    expect(methods()).toEqual(['POST', 'PUT']);
    expect(calls[1]?.headers.get('If-Match')).toBe('"0"');
    expect(calls[1]?.body?.text).toBe('A book is due');
    expect(await keeper.flush()).toBe(true);
    expect(calls).toHaveLength(2);
  });

  it('begins it under the same key when the answer was lost, and tells that it is not kept', async () => {
    answers = [lost, saved(0), saved(1)];
    write('A book');
    expect(await keeper.flush()).toBe(false);
    expect(drafts.get(KEY).trouble?.kind).toBe('failed');
    write('A book is due');
    expect(await keeper.flush()).toBe(true);
    expect(methods()).toEqual(['POST', 'POST', 'PUT']);
    const [first, again] = calls;
    expect(again?.headers.get('Idempotency-Key')).toBe(first?.headers.get('Idempotency-Key'));
    expect(again?.body).toEqual(first?.body);
    expect(drafts.get(KEY).trouble).toBeNull();
  });

  it('knows its own words at the portal from those of another window', async () => {
    drafts.update(KEY, () => draftOf(view('A book', 3)));
    write('A book is due');
    answers = [problem(412, 'stale'), json(200, view('A book is due', 4))];
    expect(await keeper.flush()).toBe(true);
    expect(drafts.get(KEY).kept?.version).toBe(4);

    write('A book is lost');
    answers = [problem(412, 'stale'), json(200, view('A book is found', 5))];
    expect(await keeper.flush()).toBe(false);
    expect(drafts.get(KEY).trouble).toEqual({ kind: 'changed' });
    expect(drafts.get(KEY).text).toBe('A book is lost');
    answers = [json(200, view('A book is found', 5)), saved(6)];
    await keeper.insist();
    expect(calls.at(-1)?.headers.get('If-Match')).toBe('"5"');
    expect(calls.at(-1)?.body?.text).toBe('A book is lost');
    expect(drafts.get(KEY).trouble).toBeNull();
  });

  it('brings nothing back that was discarded', async () => {
    drafts.update(KEY, () => draftOf(view('A book', 0)));
    answers = [() => new Response(null, { status: 204 })];
    await keeper.discard();
    await vi.advanceTimersByTimeAsync(PAUSE_MS);
    expect(methods()).toEqual(['DELETE']);
    expect(drafts.anyUnsent()).toBe(false);
  });
});
