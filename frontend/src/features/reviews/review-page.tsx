import { Button } from '@cmsgov/design-system';
import { useRef, useState } from 'react';
import { Link, useSearch } from 'wouter';
import { problemOf } from '../../api/client';
import { announce } from '../../app/announcer';
import { useKeptEdit } from '../../app/kept-edits';
import { Page } from '../../app/page';
import { useTexts } from '../../texts/context';
import { Loading } from '../../ui/loading';
import { ProblemAlert } from '../../ui/problem-alert';
import { getReviews } from './calls';
import { DecidedCard } from './decided-card';
import type { Settled } from './decided-card';
import { withEdit } from './edits';
import type { Edits } from './edits';
import { nextOpen } from './order';
import { EVERYONE, REVIEWS } from './paths';
import { useReviewed, useReviews, useShowCard } from './queries';
import type { Meanwhile } from './queries';
import { headingId, ReviewCard } from './review-card';
import { ReviewProgress } from './review-progress';
import { ReviewsTabs } from './reviews-tabs';
import type { Card, Decided, Progress, Verdict, Who } from './types';

const ALL_DONE = 'reviews-all-done';

/** The focus goes to a card that is drawn with the next answer or already is; the whole card comes into sight. */
function goTo(id: string) {
  window.setTimeout(() => {
    const heading = document.getElementById(id);
    heading?.focus({ preventScroll: true });
    (heading?.closest('.p-review') ?? heading)?.scrollIntoView({ block: 'start' });
  });
}

/** The cards of the page and what was decided about them since it was opened. */
function useReview(who: Who) {
  const { t, tn } = useTexts();
  const query = useReviews(who);
  const showCard = useShowCard(who);
  const reviewed = useReviewed();
  const [settled, setSettled] = useState<ReadonlyMap<string, Settled>>(new Map());
  // What was decided a moment ago, before the page is drawn with it.
  const latest = useRef(settled);
  const [progress, setProgress] = useState<Progress | null>(null);
  const [renewed, setRenewed] = useState<ReadonlySet<string>>(new Set());
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
    goTo(next ? headingId(next.id) : ALL_DONE);
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
      settle(card.id, { by: 'colleague', evidence: now.decided, card: now.card });
      goTo(headingId(card.id));
    } else {
      showCard(now.card);
      setRenewed((before) => new Set(before).add(card.id));
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

type Review = ReturnType<typeof useReview>;

interface ListProps {
  review: Review;
  cards: readonly Card[];
  id: string;
  title: string;
  edits: Edits;
  onEdits: (edits: Edits | null) => void;
}

function Cards({ review, cards, id, title, edits, onEdits }: ListProps) {
  if (cards.length === 0) return null;
  return (
    <section aria-labelledby={id}>
      <h2 id={id} className="ds-text-heading--lg p-reviews__group">
        {title}
      </h2>
      <ol className="p-plain p-reviews">
        {cards.map((card) => {
          const settled = review.settled.get(card.id);
          if (settled) {
            return <DecidedCard key={card.id} id={card.id} name={card.name} settled={settled} />;
          }
          return (
            <ReviewCard
              key={card.id}
              card={card}
              edit={edits[card.id] ?? {}}
              renewed={review.renewed.has(card.id)}
              onEdit={(edit) => onEdits(withEdit(edits, card, edit))}
              onDecided={(decision, answer) => {
                onEdits(withEdit(edits, card, {}));
                review.decided(card, decision, answer);
              }}
              onMeanwhile={(now) => {
                if (now.decided || !now.card) onEdits(withEdit(edits, card, {}));
                review.meanwhile(card, now);
              }}
            />
          );
        })}
      </ol>
    </section>
  );
}

function OpenReview({ who }: { who: Who }) {
  const { t, instant } = useTexts();
  const review = useReview(who);
  const { edit: edits = {}, keep, drop } = useKeptEdit<Edits>('reviews');
  const { query, cards, settled, progress, nextDueAt } = review;
  const { data, error, refetch } = query;
  if (!data) {
    return error ? (
      <ProblemAlert problem={problemOf(error)} retry={() => void refetch()} />
    ) : (
      <Loading />
    );
  }
  const groups = {
    review,
    edits,
    onEdits: (next: Edits | null) => (next ? keep(next) : drop()),
  };
  const late = cards.filter((card) => card.late);
  const open = cards.filter((card) => !card.late);
  const nextDue = open.find((card) => card.due_at && !settled.has(card.id))?.due_at ?? null;
  const allDone = !query.hasNextPage && !nextOpen(cards, settled, '');
  return (
    <>
      {progress && <ReviewProgress progress={progress} called={review.called} nextDue={nextDue} />}
      <Cards {...groups} cards={late} id="reviews-late" title={t('reviews.group.late')} />
      <Cards {...groups} cards={open} id="reviews-open" title={t(`reviews.group.${who}`)} />
      {error && <ProblemAlert problem={problemOf(error)} retry={() => void review.more()} />}
      {query.hasNextPage && (
        <Button
          className="p-gap-top"
          aria-disabled={query.isFetchingNextPage}
          onClick={() => void review.more()}
        >
          {t('reviews.more')}
        </Button>
      )}
      {allDone && (
        <div className="p-empty p-empty--alone">
          <h2 id={ALL_DONE} className="ds-text-heading--lg p-flat" tabIndex={-1}>
            {t(cards.length > 0 ? 'reviews.allDone' : 'reviews.nothing')}
          </h2>
          {cards.length === 0 && nextDueAt && (
            <p>{t('reviews.next', { at: instant(nextDueAt) })}</p>
          )}
        </div>
      )}
    </>
  );
}

/** The review of a practice: one decision per person, kept as it is made (REV-1 to REV-3). */
export function ReviewPage() {
  const { t } = useTexts();
  const who: Who = new URLSearchParams(useSearch()).get('who') === 'everyone' ? 'everyone' : 'open';
  const lists = [
    ['open', REVIEWS],
    ['everyone', EVERYONE],
  ] as const;
  return (
    <Page title={t('reviews.title')}>
      <ReviewsTabs />
      <p className="p-lead p-reviews__lead">{t('reviews.lead')}</p>
      <nav aria-label={t('reviews.lists')} className="p-actions p-reviews__lists">
        {lists.map(([each, path]) => (
          <Link
            key={each}
            href={path}
            className="p-reviews__list"
            aria-current={who === each ? 'page' : undefined}
          >
            {t(`reviews.list.${each}`)}
          </Link>
        ))}
      </nav>
      <OpenReview key={who} who={who} />
    </Page>
  );
}
