import { takeEarly } from './early';
import type { Input, Method, Output, PathOf } from './operations';
import type { paths } from './schema';
import type { Language, Problem } from './types';

/** Thrown for every answer that is not 2xx, and (with code `unreachable`) when there was no answer. */
export class ProblemError extends Error {
  readonly problem: Problem;
  readonly retryAfterSeconds: number | null;

  constructor(problem: Problem, retryAfterSeconds: number | null = null) {
    super(problem.detail);
    this.problem = problem;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** What an answer said about the session's end. */
export interface SessionNews {
  seconds: number;
  /** When the request had started, in milliseconds since the epoch. */
  startedAt: number;
  background: boolean;
}

interface Hooks {
  language: Language;
  /** Words for what the portal itself could not tell. */
  ownText: (code: 'unreachable' | 'unproven') => string;
  onSessionSeconds: (news: SessionNews) => void;
  onSignedOut: (because: 'ended' | 'displaced') => void;
  /** Asks for the password again; answers whether the portal has taken it (S-SESS-10). */
  prove: () => Promise<boolean>;
  /** The membership whose pages are open, so that nothing is done in another by mistake (ACC-8). */
  membership: () => string | null;
  /** That membership was lost, another was opened in another tab, or something is to be done before any opens. */
  onPlaceChanged: () => void;
}

// The session store and the language provider fill these in; the client itself knows neither.
export const clientHooks: Hooks = {
  language: 'en',
  ownText: () => '',
  onSessionSeconds: () => undefined,
  onSignedOut: () => undefined,
  prove: () => Promise.resolve(false),
  membership: () => null,
  onPlaceChanged: () => undefined,
};

// These tell or choose which membership is open.
const OF_NO_MEMBERSHIP = ['/session', '/session/membership', '/memberships'];

/** Refusals that mean: look at the session anew. */
const PLACE_CHANGED = [
  'membership_lost',
  'membership_switched',
  'factor_required',
  'password_expired',
  'enrollment_required',
];

type Values = Record<string, string | boolean | undefined>;

/** What a call sends, whichever it is. */
interface Sent {
  path?: Values;
  query?: Values;
  header?: Record<string, string>;
  body?: unknown;
  signal?: AbortSignal | undefined;
}

/** A problem for which the portal gave us no words. */
function ownProblem(status: number, code: string): Problem {
  const detail = clientHooks.ownText(code === 'unproven' ? code : 'unreachable');
  return { type: 'about:blank', title: '', status, detail, code, request_id: '' };
}

export function unreachable(): ProblemError {
  return new ProblemError(ownProblem(0, 'unreachable'));
}

function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && 'code' in value && 'detail' in value;
}

async function readProblem(response: Response): Promise<ProblemError> {
  const retryAfter = Number(response.headers.get('Retry-After') ?? Number.NaN);
  const seconds = Number.isFinite(retryAfter) ? retryAfter : null;
  try {
    const value: unknown = await response.json();
    if (isProblem(value)) return new ProblemError(value, seconds);
  } catch {
    // Not JSON, for example the page of a proxy: fall through to our own words.
  }
  return new ProblemError(ownProblem(response.status, 'unknown'), seconds);
}

function urlOf(template: string, path: Values, query: Values): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value) search.set(name, String(value));
  const filled = template.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(path[name] ?? ''));
  const asked = search.toString();
  return `/api${filled}${asked && `?${asked}`}`;
}

async function send(url: string, method: string, { header, body, signal }: Sent) {
  const headers = new Headers({
    ...header,
    Accept: 'application/json, application/problem+json',
    'Accept-Language': clientHooks.language,
  });
  if (body !== undefined) headers.set('Content-Type', 'application/json');
  try {
    return await fetch(url, {
      method,
      headers,
      body: body === undefined ? null : JSON.stringify(body),
      credentials: 'same-origin',
      cache: 'no-store',
      redirect: 'error',
      signal: signal ?? null,
    });
  } catch (error) {
    // A call that was given up is no problem to tell.
    if (signal?.aborted) throw error;
    throw unreachable();
  }
}

/** Whether an answer told of a session: before that, nobody's token can have been renewed. */
let sessionSeen = false;

/** A text for a header. Half a surrogate pair can't be encoded, so it is replaced. */
const encoded = (text: string) =>
  encodeURIComponent(new TextDecoder().decode(new TextEncoder().encode(text)));

/** Values of the query that may hold what people typed or are called: they are in no URL, but in headers. */
function hide({ search, cursor, ...shown }: Values): [Values, Record<string, string>] {
  const header: Record<string, string> = {};
  if (search) header['X-Portal-Search'] = encoded(String(search));
  if (cursor) header['X-Portal-Cursor'] = encoded(String(cursor));
  return [shown, header];
}

/** What was asked for early is the first page of everything. */
const isFirstOfAll = ({ header = {} }: Sent) =>
  !('X-Portal-Search' in header) && !('X-Portal-Cursor' in header);

async function ask(url: string, method: string, sent: Sent): Promise<Response> {
  const early = isFirstOfAll(sent) ? takeEarly(method, url) : undefined;
  const startedAt = early?.startedAt ?? Date.now();
  const response = await (early
    ? early.response.catch(() => send(url, method, sent))
    : send(url, method, sent));
  const seconds = response.headers.get('X-Portal-Session-Seconds');
  if (seconds !== null) {
    sessionSeen = true;
    const background = 'X-Portal-Background' in (sent.header ?? {});
    clientHooks.onSessionSeconds({ seconds: Number(seconds), startedAt, background });
  }
  return response;
}

/**
 * An answer, or the problem told in it. A proof or a new password renews the token of the session, in whatever tab
 * (S-SESS-01): a request that was on its way with the one before goes once again. Nothing was done by it.
 */
async function attempt(url: string, method: string, sent: Sent): Promise<Response | ProblemError> {
  const first = await ask(url, method, sent);
  if (first.ok) return first;
  const error = await readProblem(first);
  if (!sessionSeen || error.problem.code !== 'signed_out') return error;
  const again = await ask(url, method, sent);
  return again.ok ? again : readProblem(again);
}

/** A good answer. Where the portal wants a proof first, the very same request goes again after it (S-SESS-10). */
async function succeed(url: string, method: string, sent: Sent): Promise<Response> {
  const first = await attempt(url, method, sent);
  if (first instanceof Response) return first;
  const error = first;
  if (error.problem.code !== 'step_up_required') throw error;
  if (!(await clientHooks.prove())) throw new ProblemError(ownProblem(401, 'unproven'));
  const again = await ask(url, method, sent);
  if (again.ok) return again;
  throw await readProblem(again);
}

function heed({ code }: Problem) {
  if (code === 'signed_out') clientHooks.onSignedOut('ended');
  if (code === 'session_displaced') clientHooks.onSignedOut('displaced');
  if (PLACE_CHANGED.includes(code)) clientHooks.onPlaceChanged();
}

/** Calls an operation of the API document, and answers what it says. Empty query values are left out. */
export async function call<M extends Method, P extends PathOf<M>>(
  method: M,
  path: P,
  input: Input<paths[P][M]>,
): Promise<Output<paths[P][M]>> {
  const sent: Sent = input;
  const [shown, hidden] = hide(sent.query ?? {});
  const url = urlOf(path, sent.path ?? {}, shown);
  const opened = OF_NO_MEMBERSHIP.includes(path) ? null : clientHooks.membership();
  const header = {
    ...sent.header,
    ...hidden,
    ...(opened ? { 'X-Portal-Membership': opened } : {}),
  };
  try {
    const response = await succeed(url, method.toUpperCase(), {
      ...sent,
      header,
    });
    // 204, and 202 for work that has only begun, come without a body.
    const text = await response.text();
    const answer: unknown = text === '' ? undefined : JSON.parse(text);
    return answer as Output<paths[P][M]>;
  } catch (error) {
    if (error instanceof ProblemError) heed(error.problem);
    throw error;
  }
}

/** Is it worth asking again by itself? Only when the portal was busy or out of reach. */
export function isTemporary(error: unknown): boolean {
  return (
    error instanceof ProblemError && (error.problem.status === 0 || error.problem.status === 503)
  );
}

export function problemOf(error: unknown): Problem {
  return error instanceof ProblemError ? error.problem : unreachable().problem;
}

/** How long the portal asks to wait, in seconds; null when it doesn't say. */
export function waitOf(error: unknown): number | null {
  return error instanceof ProblemError ? error.retryAfterSeconds : null;
}
