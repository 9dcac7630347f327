import { useState } from 'react';
import { problemOf, waitOf } from '../../api/client';
import type { Problem } from '../../api/types';
import { useTexts } from '../../texts/context';
import { NOTHING_WRONG, outcomeOf } from '../../ui/form-summary';
import type { Outcome } from '../../ui/form-summary';
import { waitInWords } from '../../ui/wait';
import { commentProblem } from '../users/comment-field';
import { patchOf, settled } from '../users/member-edit';
import { decide } from './calls';
import type { CardEdit } from './edits';
import { lookAnew } from './queries';
import type { Meanwhile } from './queries';
import type { Card, Decided, Verdict } from './types';

const FIELDS = ['reason', 'role', 'access_levels', 'providers'];

/** Refusals that mean: what the card shows is no longer so. */
const isOutdated = ({ status, code }: Problem) =>
  status === 412 || status === 404 || code === 'changed_meanwhile' || code.startsWith('status_');

interface Props {
  card: Card;
  edit: CardEdit;
  /** "Only these providers" is chosen with none of them yet. */
  unlimited: boolean;
  onDecided: (decision: Verdict, answer: Decided) => void;
  onMeanwhile: (now: Meanwhile) => void;
}

/** Sends a decision about one card; what is wrong with it shows there (REV-3). */
export function useDecision({ card, edit, unlimited, onDecided, onMeanwhile }: Props) {
  const { t, language } = useTexts();
  const [busy, setBusy] = useState<Verdict | null>(null);
  const [outcome, setOutcome] = useState<Outcome>(NOTHING_WRONG);

  const wrongIn = (decision: Verdict) => {
    const reason = commentProblem(t, edit.reason ?? '', false);
    const missing = card.flags.length > 0 && !edit.reason?.trim();
    const fields: Record<string, string> = {
      ...(decision === 'change' && unlimited ? { providers: t('users.providers.choose') } : {}),
      ...(missing ? { reason: t('reviews.reason.missing') } : {}),
      ...(reason ? { reason } : {}),
    };
    const same = decision === 'change' && !unlimited && !settled(card, edit.change ?? {});
    return { fields, details: same ? [t('reviews.change.nothing')] : [] };
  };
  const failed = async (error: unknown, attempt: number) => {
    const problem = problemOf(error);
    if (isOutdated(problem)) {
      onMeanwhile(await lookAnew(card));
      return;
    }
    const told = outcomeOf(problem, FIELDS, attempt);
    const seconds = waitOf(error);
    const wait =
      seconds === null ? [] : [t('app.retryIn', { wait: waitInWords(language, seconds) })];
    setOutcome({ ...told, details: [...told.details, ...wait] });
  };
  const send = async (decision: Verdict) => {
    if (busy) return;
    const attempt = outcome.attempt + 1;
    const { fields, details } = wrongIn(decision);
    setOutcome({ fields, details, attempt });
    if (Object.keys(fields).length + details.length > 0) return;
    setBusy(decision);
    try {
      const answer = await decide(card, {
        decision,
        seen: card.seen,
        reason: edit.reason?.trim() ?? '',
        ...(decision === 'change' ? patchOf(card, edit.change ?? {}) : {}),
      });
      onDecided(decision, answer);
    } catch (error) {
      await failed(error, attempt).catch((second: unknown) =>
        setOutcome(outcomeOf(problemOf(second), FIELDS, attempt)),
      );
    } finally {
      setBusy(null);
    }
  };
  const settle = () => setOutcome((before) => ({ ...NOTHING_WRONG, attempt: before.attempt }));
  return { busy, outcome, send: (decision: Verdict) => void send(decision), settle };
}
