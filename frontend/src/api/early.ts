/** Answers that `early.ts` asked for before the rest of the portal's code was there. */
export interface EarlyAnswer {
  /** When it was asked for, in milliseconds since the epoch. */
  startedAt: number;
  response: Promise<Response>;
}

declare global {
  interface Window {
    porticoEarly?: Map<string, EarlyAnswer>;
  }
}

/** The answer that was asked for early from this address; each is good for one call. */
export function takeEarly(method: string, url: string): EarlyAnswer | undefined {
  const answers = method === 'GET' ? globalThis.window?.porticoEarly : undefined;
  const answer = answers?.get(url);
  answers?.delete(url);
  return answer;
}
