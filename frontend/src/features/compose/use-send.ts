import { useState } from 'react';
import { problemOf } from '../../api/client';
import type { Problem, Sent } from '../../api/types';
import { forget } from '../drafts/keeping';
import type { Keeper } from '../drafts/keeping';
import { checkDraft, fieldErrorsOf } from './check-draft';
import type { FieldError, Kind } from './check-draft';
import { attemptFor, drafts } from './draft-store';
import type { Draft } from './draft-store';

export interface SendOutcome {
  errors: FieldError[];
  /** What is wrong apart from the fields. */
  details: string[];
  /** Rises with each try, so that the summary takes the focus each time. */
  attempt: number;
}

/** What is asked before a message goes: it reaches many, or a colleague has answered (MSG-6). */
export type SendQuestion = 'everybody' | 'meanwhile';

const NOTHING: SendOutcome = { errors: [], details: [], attempt: 0 };

interface Options<Body> {
  mailboxId: string;
  draftKey: string;
  kind: Kind;
  /** How many people and departments it may name. */
  max?: number;
  keeper: Keeper;
  bodyOf: (draft: Draft) => Body;
  post: (body: Body & { draft_id: string | null }, idempotencyKey: string) => Promise<Sent>;
  onSent: (sent: Sent) => void;
}

/** Whether a message goes to more people than its sender may have in mind. */
const reachesMany = ({ to }: Draft) => to.some(({ kind }) => kind === 'everybody');

/** Checks and sends once; a repeated try of the same content carries the same key (MSG-7). */
export function useSend<Body extends object>(options: Options<Body>) {
  const { mailboxId, draftKey, kind, max, keeper, bodyOf, post, onSent } = options;
  const [busy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState(NOTHING);
  const [question, setQuestion] = useState<SendQuestion | null>(null);
  const report = (errors: FieldError[], details: string[]) =>
    setOutcome((before) => ({ errors, details, attempt: before.attempt + 1 }));

  const explain = (problem: Problem) => {
    if (problem.code === 'answered_meanwhile') {
      setQuestion('meanwhile');
      return;
    }
    const again = ['idempotency_key_reused', 'draft_gone'].includes(problem.code);
    if (again) drafts.update(draftKey, (current) => ({ ...current, attempt: null }));
    if (problem.code === 'draft_gone') {
      drafts.update(draftKey, (current) => ({ ...current, kept: null, trouble: { kind: 'gone' } }));
    }
    const { at, elsewhere } = fieldErrorsOf(problem.errors ?? []);
    report(at, at.length + elsewhere.length > 0 ? elsewhere : [problem.detail]);
  };

  const go = async (body: Body) => {
    if (busy) return;
    setBusy(true);
    await keeper.hold();
    const draft = drafts.get(draftKey);
    const attempt = attemptFor(draft, JSON.stringify(body), () => crypto.randomUUID());
    drafts.update(draftKey, (current) => ({ ...current, attempt }));
    try {
      const sent = await post({ ...body, draft_id: attempt.draftId }, attempt.key);
      const kept = drafts.get(draftKey).kept?.id;
      drafts.drop(draftKey);
      // Begun between two tries of the same message, so it did not go along.
      if (kept && kept !== attempt.draftId) void forget(mailboxId, kept).catch(() => undefined);
      setOutcome(NOTHING);
      onSent(sent);
    } catch (error) {
      explain(problemOf(error));
    } finally {
      keeper.release();
      setBusy(false);
    }
  };

  const send = () => {
    if (busy) return;
    const draft = drafts.get(draftKey);
    const errors = checkDraft(draft, kind, max);
    if (errors.length > 0) report(errors, []);
    else if (kind !== 'reply' && reachesMany(draft)) setQuestion('everybody');
    else void go(bodyOf(draft));
  };

  /** The question was answered: send it all the same. */
  const insist = () => {
    const body = bodyOf(drafts.get(draftKey));
    if (question === 'meanwhile' && 'seen_message_id' in body) delete body.seen_message_id;
    setQuestion(null);
    void go(body);
  };

  // What has been corrected since disappears at once; the portal's own findings stay until the next try.
  const open = checkDraft(drafts.get(draftKey), kind, max);
  const errors = outcome.errors.filter(
    (error) =>
      'detail' in error ||
      open.some(
        (other) => 'key' in other && other.field === error.field && other.key === error.key,
      ),
  );
  return {
    send,
    busy,
    question,
    insist,
    refrain: () => setQuestion(null),
    outcome: { ...outcome, errors },
  };
}

export type Sending = Omit<ReturnType<typeof useSend>, 'outcome'>;
