/**
 * Shapes and calls that the API document gets with issue 5, until it has them. Each goes to `types.ts` or to the calls
 * of its feature once `schema.d.ts` knows it.
 */
import { call } from './client';
import type { Method, PathOf } from './operations';
import type { Session } from './types';

/** What somebody with the right password still has to do before anything opens (CRD-2, CRD-9). */
export type Stage = 'factor' | 'password' | 'enroll';

export type SignedIn = Session & {
  stage?: Stage | null;
  /** Is a second factor enrolled? */
  factor?: boolean;
  /** This sign-in ended the oldest of too many sessions (ACC-10). */
  displaced_another?: boolean;
};

interface Sending {
  body?: unknown;
  header?: Record<string, string>;
}

/** Calls an operation that the compiler does not know yet. */
export const coming = <Answer>(
  method: Method,
  path: string,
  { header, body }: Sending = {},
): Promise<Answer> =>
  call(
    method,
    path as PathOf<Method>,
    {
      header: method === 'get' ? {} : { 'X-Portal-CSRF': '1', ...header },
      ...(body === undefined ? {} : { body }),
    } as never,
  ) as Promise<unknown> as Promise<Answer>;
