/** What each operation of the API document takes and gives, for the compiler only. */
import type { paths } from './schema';

export type Method = 'get' | 'put' | 'post' | 'patch' | 'delete';

export type PathOf<M extends Method> = {
  [P in keyof paths]: paths[P] extends Record<M, object> ? P : never;
}[keyof paths];

type Json<Part> = Part extends { content: { 'application/json': infer Value } } ? Value : undefined;

/** What people typed or are called stands in a header; callers give it with the rest of the query. */
type Hidden<Parameters> = Parameters extends { header?: infer Headers }
  ? ('X-Portal-Search' extends keyof NonNullable<Headers>
      ? { search?: string | undefined }
      : unknown) &
      ('X-Portal-Cursor' extends keyof NonNullable<Headers>
        ? { cursor?: string | undefined }
        : unknown)
  : unknown;

/** Without a query in the URL there may still be a hidden one. */
type Whole<Shown, Kept> = [NonNullable<Shown>] extends [never]
  ? unknown extends Kept
    ? never
    : Kept
  : NonNullable<Shown> & Kept;

type Query<Parameters> = Parameters extends { query: infer Shown }
  ? { query: Shown & Hidden<Parameters> }
  : Parameters extends { query?: infer Shown }
    ? { query?: Whole<Shown, Hidden<Parameters>> | undefined }
    : { query?: never };

/** Values for the path, the query and the headers, and the body. */
export type Input<Operation> = Operation extends { parameters: infer Parameters }
  ? Omit<Parameters, 'query'> &
      Query<Parameters> &
      (Operation extends { requestBody: infer Body } ? { body: Json<Body> } : { body?: never }) & {
        signal?: AbortSignal | undefined;
      }
  : never;

/** The body of a good answer; every other answer is thrown as a ProblemError. */
export type Output<Operation> = Operation extends { responses: infer Responses }
  ? Json<Responses[keyof Responses & (200 | 201 | 202 | 204)]>
  : never;
