import type { EarlyAnswer } from './api/early';

/**
 * Comes and runs before the rest of the portal's code, and asks for what every page begins with: on a slow machine that
 * code takes half a second to read, on a slow network an answer a fifth of one to come. It must stay a file of a few
 * lines, so it imports nothing and is no module. A question that the portal does not ask after all costs its answer.
 */
{
  const asked = new Map<string, EarlyAnswer>();
  const ask = (path: string) => {
    const response = fetch(`/api${path}`, {
      headers: {
        Accept: 'application/json, application/problem+json',
        'Accept-Language': navigator.language.toLowerCase().startsWith('es') ? 'es' : 'en',
      },
      credentials: 'same-origin',
      cache: 'no-store',
      redirect: 'error',
    });
    // Whoever takes the answer hears of a failure; nobody else is to.
    response.catch(() => undefined);
    asked.set(`/api${path}`, { startedAt: Date.now(), response });
  };

  ask('/session');
  // The page of a box begins with its newest rows, unless this page was there before and showed others.
  const box = /^\/messages\/([^/]+)\/(inbox|sent|archived)$/.exec(window.location.pathname);
  if (box && window.history.state === null) {
    ask(`/mailboxes/${box[1]}/${box[2]}?sort=received&order=desc`);
  }
  window.porticoEarly = asked;
}
