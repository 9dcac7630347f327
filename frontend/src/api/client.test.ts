import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { getBox, getMailboxes, getRecipients, deleteSession, postUpload } from './calls';
import { clientHooks, problemOf } from './client';
import type { SessionNews } from './client';

const fetched = vi.fn<typeof fetch>();
const upload = { mailbox_id: 'm', file_name: 'a.pdf', content_type: '', size: 1, sha256: '' };
let news: SessionNews[] = [];

function answerWith(body: unknown, init: ResponseInit = {}) {
  fetched.mockResolvedValueOnce(new Response(body === null ? null : JSON.stringify(body), init));
}

function lastCall() {
  const [url, init] = fetched.mock.lastCall ?? [];
  return { url, ...init, headers: Object.fromEntries(new Headers(init?.headers)) };
}

beforeEach(() => {
  vi.stubGlobal('fetch', fetched);
  news = [];
  clientHooks.language = 'es';
  clientHooks.unreachableText = () => 'Out of reach.';
  clientHooks.onSessionSeconds = (told) => news.push(told);
});

afterEach(() => {
  vi.unstubAllGlobals();
  fetched.mockReset();
});

describe('the API client', () => {
  it('fills the path, and leaves out what has no value', async () => {
    answerWith({ items: [] });
    await getBox('a/b', 'inbox', null);
    expect(lastCall().url).toBe('/api/mailboxes/a%2Fb/inbox');
    answerWith({ items: [] });
    await getRecipients('m', 'member', '', 'x&y');
    expect(lastCall().url).toBe('/api/recipients?mailbox_id=m&kind=member&cursor=x%26y');
  });

  it('sends the headers of a change, and the key of what it creates (MSG-7)', async () => {
    answerWith({ upload_id: 'u' }, { status: 201 });
    await postUpload(upload, 'key');
    expect(lastCall()).toMatchObject({
      method: 'POST',
      body: JSON.stringify(upload),
      headers: {
        'accept-language': 'es',
        'content-type': 'application/json',
        'idempotency-key': 'key',
        'x-portal-csrf': '1',
      },
    });
    answerWith(null, { status: 204 });
    expect(await deleteSession()).toBeUndefined();
    expect(lastCall().headers).not.toHaveProperty('content-type');
  });

  it('tells what an answer said about the session, a refusal too (CRD-8)', async () => {
    answerWith({ items: [] }, { headers: { 'X-Portal-Session-Seconds': '90' } });
    await getMailboxes();
    expect(lastCall().headers).toHaveProperty('x-portal-background');
    answerWith({}, { status: 404, headers: { 'X-Portal-Session-Seconds': '80' } });
    await expect(getBox('m', 'inbox', null)).rejects.toThrow();
    expect(news).toMatchObject([
      { seconds: 90, background: true },
      { seconds: 80, background: false },
    ]);
  });

  it('throws problems in the words of the portal, else in its own (PLT-3)', async () => {
    const problem = { title: 'T', status: 503, detail: 'Busy.', code: 'busy' };
    answerWith(problem, { status: 503, headers: { 'Retry-After': '3' } });
    await expect(getMailboxes()).rejects.toMatchObject({ problem, retryAfterSeconds: 3 });
    fetched.mockResolvedValueOnce(new Response('<html>', { status: 502 }));
    await expect(getMailboxes()).rejects.toMatchObject({
      problem: { status: 502, code: 'unknown', detail: 'Out of reach.' },
    });
    fetched.mockRejectedValueOnce(new TypeError('failed'));
    const error: unknown = await getMailboxes().catch((reason: unknown) => reason);
    expect(problemOf(error)).toMatchObject({ status: 0, code: 'unreachable' });
  });

  it('tells no problem of a call that was given up', async () => {
    const control = new AbortController();
    const reason = new DOMException('', 'AbortError');
    control.abort(reason);
    fetched.mockRejectedValueOnce(reason);
    await expect(getMailboxes(control.signal)).rejects.toBe(reason);
  });
});
