import { expect, test, vi } from 'vitest';

test('what is asked for early is what the page of a box asks for, and is asked once', async () => {
  const fetched = vi.fn(() => Promise.resolve(new Response('{}')));
  vi.stubGlobal('fetch', fetched);
  const location = { pathname: '/messages/mem_1/inbox' };
  vi.stubGlobal('navigator', { language: 'en-US' });
  vi.stubGlobal('window', { location, history: { state: null } });
  await import('./early');
  expect(fetched).toHaveBeenCalledTimes(2);

  const { getBox, getSession } = await import('./api/calls');
  const { queryOf } = await import('./features/messages/box-query');
  const { START } = await import('./features/messages/place');
  await Promise.all([getSession(), getBox('mem_1', 'inbox', queryOf(START))]);
  expect(fetched).toHaveBeenCalledTimes(2);

  await getSession();
  expect(fetched).toHaveBeenCalledTimes(3);
  vi.unstubAllGlobals();
});
