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
  clientHooks.ownText = (code) => (code === 'unproven' ? 'Not confirmed.' : 'Out of reach.');
  clientHooks.prove = () => Promise.resolve(false);
  clientHooks.onSessionSeconds = (told) => news.push(told);
});

afterEach(() => {
  vi.unstubAllGlobals();
  fetched.mockReset();
});

describe('the API client', () => {
  it('fills the path, and leaves out what has no value', async () => {
    answerWith({ items: [] });
    await getBox('a/b', 'inbox', {});
    expect(lastCall().url).toBe('/api/mailboxes/a%2Fb/inbox');
    answerWith({ items: [] });
    await getRecipients('m', 'member', '', null);
    expect(lastCall().url).toBe('/api/recipients?mailbox_id=m&kind=member');
  });

  it('puts what somebody typed, and where a page begins, in no URL', async () => {
    answerWith({ items: [] });
    await getRecipients('m', 'member', 'Ünal & \ud800', 'x&y');
    const { url, headers } = lastCall();
    expect(url).toBe('/api/recipients?mailbox_id=m&kind=member');
    expect(headers['x-portal-search']).toBe('%C3%9Cnal%20%26%20%EF%BF%BD');
    expect(headers['x-portal-cursor']).toBe('x%26y');
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
    await expect(getBox('m', 'inbox', {})).rejects.toThrow();
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

  it('asks for a proof and sends the very same request again (S-SESS-10, CRD-10)', async () => {
    const wanted = { status: 401, code: 'step_up_required', detail: '' };
    answerWith(wanted, { status: 401 });
    answerWith({ upload_id: 'u' }, { status: 201 });
    let asked = 0;
    clientHooks.membership = () => (asked === 0 ? 'm1' : 'm2');
    clientHooks.prove = () => Promise.resolve((asked += 1) > 0);
    expect(await postUpload(upload, 'key')).toEqual({ upload_id: 'u' });
    expect(asked).toBe(1);
    const [first, second] = fetched.mock.calls.map(([url, init]) => [
      url,
      init?.body,
      Object.fromEntries(new Headers(init?.headers)),
    ]);
    expect(second).toEqual(first);
    expect(second?.[2]).toMatchObject({ 'idempotency-key': 'key', 'x-portal-membership': 'm1' });
    clientHooks.membership = () => null;
  });

  it('gives a call up when the proof is not given, and asks for one only once (S-SESS-10)', async () => {
    const wanted = { status: 401, code: 'step_up_required', detail: '' };
    answerWith(wanted, { status: 401 });
    await expect(postUpload(upload, 'key')).rejects.toMatchObject({
      problem: { code: 'unproven', detail: 'Not confirmed.' },
    });
    expect(fetched).toHaveBeenCalledTimes(1);
    clientHooks.prove = () => Promise.resolve(true);
    answerWith(wanted, { status: 401 });
    answerWith(wanted, { status: 401 });
    await expect(postUpload(upload, 'key')).rejects.toMatchObject({ problem: wanted });
  });

  it('tells how a session ended, and that something is to be done first (CRD-2, CRD-9, ACC-10)', async () => {
    const told: string[] = [];
    clientHooks.onSignedOut = (because) => told.push(because);
    clientHooks.onPlaceChanged = () => told.push('place');
    for (const code of ['signed_out', 'session_displaced', 'factor_required', 'recovery_failed']) {
      answerWith({ status: 401, code, detail: '' }, { status: 401 });
      if (code === 'signed_out') answerWith({ status: 401, code, detail: '' }, { status: 401 });
      await getMailboxes().catch(() => undefined);
    }
    expect(told).toEqual(['ended', 'displaced', 'place']);
  });

  it('asks once more when the token was renewed while it was on its way (S-SESS-01)', async () => {
    const headers = { 'X-Portal-Session-Seconds': '900' };
    answerWith({ items: [] }, { status: 200, headers });
    await getMailboxes();
    fetched.mockClear();
    answerWith({ status: 401, code: 'signed_out', detail: '' }, { status: 401 });
    answerWith({ items: [] }, { status: 200 });
    expect(await getMailboxes()).toEqual({ items: [] });
    expect(fetched).toHaveBeenCalledTimes(2);
  });
});
