import { useRef, useState } from 'react';
import { announce } from '../../app/announcer';
import { useTexts } from '../../texts/context';
import { getReviews } from './calls';
import type { Settled } from './decided-card';
import { mayMoveOn, nextOpen } from './order';
import { useReviewed, useReviews, useShowCard } from './queries';
import type { Meanwhile } from './queries';
import { headingId } from './review-card';
import type { Renewed } from './review-card';
import type { Card, Decided, Progress, Verdict, Who } from './types';

/** Of the heading that takes the focus after the last decision. */
export const ALL_DONE = 'reviews-all-done';

const cardOf = (id: string) => document.getElementById(headingId(id))?.closest('.p-review') ?? null;

/** Whether the person at the screen is still where the card is that was sent. */
const isStillAt = (id: string) => mayMoveOn(cardOf(id), document.activeElement, document.body);

/**
 * The focus goes to a card that is drawn with the next answer or already is; the whole card comes into sight. After an
 * answer about a card it stays with whoever has gone on elsewhere meanwhile.
 */
function goTo(id: string, after?: string) {
  window.setTimeout(() => {
    if (after !== undefined && !isStillAt(after)) return;
    const heading = document.getElementById(id);
    heading?.focus({ preventScroll: true });
    (heading?.closest('.p-review') ?? heading)?.scrollIntoView({ block: 'start' });
  });
}

/** The cards of the page and what was decided about them since it was opened. */
export function useReview(who: Who) {
  const { t, tn } = useTexts();
  const query = useReviews(who);
  const showCard = useShowCard(who);
  const reviewed = useReviewed();
  const [settled, setSettled] = useState<ReadonlyMap<string, Settled>>(new Map());
  // What was decided a moment ago, before the page is drawn with it.
  const latest = useRef(settled);
  const [progress, setProgress] = useState<Progress | null>(null);
  const [renewed, setRenewed] = useState<ReadonlyMap<string, Renewed>>(new Map());
  const first = query.data?.pages[0];
  const cards = query.data?.pages.flatMap(({ items }) => items) ?? [];

  const settle = (id: string, as: Settled) => {
    latest.current = new Map(latest.current).set(id, as);
    setSettled(latest.current);
    reviewed();
  };
  const more = async () => {
    const known = cards.length;
    const { data } = await query.fetchNextPage();
    return data?.pages.flatMap(({ items }) => items)[known];
  };
  const goOn = async (after: Card) => {
    const next = nextOpen(cards, latest.current, after.id) ?? (query.hasNextPage && (await more()));
    goTo(next ? headingId(next.id) : ALL_DONE, after.id);
  };
  const decided = (card: Card, decision: Verdict, answer: Decided) => {
    settle(card.id, { by: 'me', decision, card: answer.card });
    setProgress(answer.progress);
    const told = t(`reviews.told.${decision}`, { name: card.name });
    announce(`${told} ${tn('reviews.open', answer.progress.open)}`);
    void goOn(card);
  };
  const meanwhile = (card: Card, now: Meanwhile) => {
    if (now.decided || !now.card) {
      settle(card.id, { by: 'colleague', evidence: now.evidence, card: now.card });
      goTo(headingId(card.id), card.id);
    } else {
      const as = isStillAt(card.id) ? 'in_focus' : 'elsewhere';
      showCard(now.card);
      setRenewed((before) => new Map(before).set(card.id, as));
    }
    // The count stays as it was when it can't be had.
    getReviews(who, null).then(
      (page) => setProgress(page.progress),
      () => undefined,
    );
  };
  return {
    query,
    cards,
    settled,
    renewed,
    progress: progress ?? first?.progress,
    called: first?.called ?? null,
    nextDueAt: first?.next_due_at ?? null,
    decided,
    meanwhile,
    more: async () => {
      const next = await more();
      if (next) goTo(headingId(next.id));
    },
  };
}

export type Review = ReturnType<typeof useReview>;
