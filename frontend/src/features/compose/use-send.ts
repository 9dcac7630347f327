import { useState } from 'react';
import { problemOf } from '../../api/client';
import { attemptFor, drafts } from './draft-store';
import { checkDraft, fieldErrorsOf } from './check-draft';
import type { FieldError } from './check-draft';
import type { Draft } from './draft-store';

export interface SendOutcome {
  errors: FieldError[];
  /** What is wrong apart from the fields. */
  details: string[];
  /** Rises with each try, so that the summary takes the focus each time. */
  attempt: number;
}

const NOTHING: SendOutcome = { errors: [], details: [], attempt: 0 };

interface Options<Body> {
  draftKey: string;
  reply: boolean;
  bodyOf: (draft: Draft) => Body;
  post: (body: Body, idempotencyKey: string) => Promise<unknown>;
  onSent: () => void;
}

/** Checks and sends once; a repeated try of the same content carries the same key (MSG-7). */
export function useSend<Body>({ draftKey, reply, bodyOf, post, onSent }: Options<Body>) {
  const [busy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState(NOTHING);
  const report = (errors: FieldError[], details: string[]) =>
    setOutcome((before) => ({ errors, details, attempt: before.attempt + 1 }));

  const send = async () => {
    if (busy) return;
    const draft = drafts.get(draftKey);
    const errors = checkDraft(draft, reply);
    if (errors.length > 0) {
      report(errors, []);
      return;
    }
    const body = bodyOf(draft);
    const attempt = attemptFor(draft, JSON.stringify(body), () => crypto.randomUUID());
    drafts.update(draftKey, (current) => ({ ...current, attempt }));
    setBusy(true);
    try {
      await post(body, attempt.key);
      drafts.drop(draftKey);
      setOutcome(NOTHING);
      onSent();
    } catch (error) {
      const problem = problemOf(error);
      if (problem.code === 'idempotency_key_reused') {
        drafts.update(draftKey, (current) => ({ ...current, attempt: null }));
      }
      const { at, elsewhere } = fieldErrorsOf(problem.errors ?? []);
      report(at, at.length + elsewhere.length > 0 ? elsewhere : [problem.detail]);
    } finally {
      setBusy(false);
    }
  };
  // What has been corrected since disappears at once; the portal's own findings stay until the next try.
  const open = checkDraft(drafts.get(draftKey), reply);
  const errors = outcome.errors.filter(
    (error) =>
      'detail' in error ||
      open.some(
        (other) => 'key' in other && other.field === error.field && other.key === error.key,
      ),
  );
  return { send, busy, outcome: { ...outcome, errors } };
}
