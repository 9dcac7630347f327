import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as calls from './calls';
import { EVERYBODY } from './filters';
import { memberView } from './samples';

const fetched = vi.fn<typeof fetch>();

function lastCall() {
  const [url, init] = fetched.mock.lastCall ?? [];
  const body: unknown = typeof init?.body === 'string' ? JSON.parse(init.body) : null;
  return { url, method: init?.method, body, headers: new Headers(init?.headers) };
}

beforeEach(() => {
  vi.stubGlobal('fetch', fetched);
  fetched.mockImplementation(() => Promise.resolve(new Response(JSON.stringify(memberView()))));
});
afterEach(() => {
  vi.unstubAllGlobals();
  fetched.mockReset();
});

describe('the calls of User Management', () => {
  it('ask for the list as it is filtered, and leave out what is not chosen (ACC-3)', async () => {
    await calls.getMembers(EVERYBODY, '', null);
    expect(lastCall().url).toBe('/api/members?sort=status&order=asc');
    const filters = { ...EVERYBODY, status: 'active', attention: true, order: 'desc' } as const;
    await calls.getMembers(filters, 'Müller & Co', 'c/1');
    const { searchParams } = new URL(String(lastCall().url), 'https://portal.example');
    expect(Object.fromEntries(searchParams)).toEqual({
      status: 'active',
      attention: 'true',
      sort: 'status',
      order: 'desc',
    });
    // What somebody typed, and where a list goes on, stand in no URL.
    expect(lastCall().headers.get('X-Portal-Search')).toBe(encodeURIComponent('Müller & Co'));
    expect(lastCall().headers.get('X-Portal-Cursor')).toBe(encodeURIComponent('c/1'));
  });

  it('name the version that they change (PLT-3)', async () => {
    await calls.patchMember('mem_1', 7, { comment: 'x' });
    expect(lastCall()).toMatchObject({
      url: '/api/members/mem_1',
      method: 'PATCH',
      body: { comment: 'x' },
    });
    expect(lastCall().headers.get('If-Match')).toBe('"7"');
    await calls.moveMember('mem_1', 8, 'disable', 'left');
    expect(lastCall()).toMatchObject({
      url: '/api/members/mem_1/disable',
      method: 'POST',
      body: { comment: 'left' },
    });
    expect(lastCall().headers.get('If-Match')).toBe('"8"');
  });

  it('send each email by its own route, and take an answer without a body', async () => {
    fetched.mockImplementation(() => Promise.resolve(new Response(null, { status: 202 })));
    await expect(calls.sendEmail('mem_1', 'registration')).resolves.toBeUndefined();
    expect(lastCall().url).toBe('/api/members/mem_1/registration-email');
    await calls.sendEmail('mem_1', 'password_reset');
    expect(lastCall().url).toBe('/api/members/mem_1/password-reset-email');
  });

  it('create and export under a key, and export no search text', async () => {
    await calls.postExport({ ...EVERYBODY, role: 'general_user', attention: true }, 'key-1');
    expect(lastCall().body).toEqual({ role: 'general_user', sort: 'status', order: 'asc' });
    expect(lastCall().headers.get('Idempotency-Key')).toBe('key-1');
  });
});
