/** What each operation of the API document takes and gives, for the compiler only. */
import type { paths } from './schema';

export type Method = 'get' | 'put' | 'post' | 'patch' | 'delete';

export type PathOf<M extends Method> = {
  [P in keyof paths]: paths[P] extends Record<M, object> ? P : never;
}[keyof paths];

type Json<Part> = Part extends { content: { 'application/json': infer Value } } ? Value : undefined;

/** Values for the path, the query and the headers, and the body. */
export type Input<Operation> = Operation extends { parameters: infer Parameters }
  ? Parameters &
      (Operation extends { requestBody: infer Body } ? { body: Json<Body> } : { body?: never }) & {
        signal?: AbortSignal | undefined;
      }
  : never;

/** The body of a good answer; every other answer is thrown as a ProblemError. */
export type Output<Operation> = Operation extends { responses: infer Responses }
  ? Json<Responses[keyof Responses & (200 | 201 | 202 | 204)]>
  : never;
