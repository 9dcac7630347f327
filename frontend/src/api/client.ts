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

export interface CallOptions {
  body?: unknown;
  /** Same key while the same content is retried, so that nothing is created twice (MSG-7). */
  idempotencyKey?: string;
  /** Background polling must not extend the session (CRD-8). */
  background?: boolean;
  signal?: AbortSignal | undefined;
}

interface Hooks {
  language: Language;
  unreachableText: () => string;
  /** Called with what the answer said about the session's end, and when the request had started. */
  onSessionSeconds: (seconds: number, startedAt: number) => void;
  onSignedOut: () => void;
}

// The session store and the language provider fill these in; the client itself knows neither.
export const clientHooks: Hooks = {
  language: 'en',
  unreachableText: () => '',
  onSessionSeconds: () => undefined,
  onSignedOut: () => undefined,
};

export function unreachable(): ProblemError {
  return new ProblemError({
    title: '',
    status: 0,
    code: 'unreachable',
    detail: clientHooks.unreachableText(),
  });
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
  const detail = clientHooks.unreachableText();
  return new ProblemError({ title: '', status: response.status, code: 'unknown', detail }, seconds);
}

function headersOf(method: string, options: CallOptions): Headers {
  const headers = new Headers({
    Accept: 'application/json, application/problem+json',
    'Accept-Language': clientHooks.language,
  });
  if (method !== 'GET') headers.set('X-Portal-CSRF', '1');
  if (options.body !== undefined) headers.set('Content-Type', 'application/json');
  if (options.idempotencyKey) headers.set('Idempotency-Key', options.idempotencyKey);
  if (options.background) headers.set('X-Portal-Background', '1');
  return headers;
}

export async function call<T>(method: string, path: string, options: CallOptions = {}): Promise<T> {
  const startedAt = Date.now();
  let response: Response;
  try {
    response = await fetch(`/api${path}`, {
      method,
      headers: headersOf(method, options),
      body: options.body === undefined ? null : JSON.stringify(options.body),
      credentials: 'same-origin',
      cache: 'no-store',
      redirect: 'error',
      signal: options.signal ?? null,
    });
  } catch (error) {
    if (options.signal?.aborted) throw error;
    throw unreachable();
  }
  const seconds = response.headers.get('X-Portal-Session-Seconds');
  if (seconds !== null) clientHooks.onSessionSeconds(Number(seconds), startedAt);
  if (!response.ok) {
    const error = await readProblem(response);
    if (error.problem.code === 'signed_out') clientHooks.onSignedOut();
    throw error;
  }
  if (response.status === 204) return undefined as T;
  return (await response.json()) as T;
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
