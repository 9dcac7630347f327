import { Button } from '@cmsgov/design-system';
import { Link, useSearch } from 'wouter';
import { problemOf } from '../../api/client';
import { useKeptEdit } from '../../app/kept-edits';
import { Page } from '../../app/page';
import { useTexts } from '../../texts/context';
import { Loading } from '../../ui/loading';
import { ProblemAlert } from '../../ui/problem-alert';
import { DecidedCard } from './decided-card';
import { EDITS, keepEdit } from './edits';
import type { Edits } from './edits';
import { nextOpen } from './order';
import { EVERYONE, REVIEWS } from './paths';
import { ReviewCard } from './review-card';
import { ReviewProgress } from './review-progress';
import { ReviewsTabs } from './reviews-tabs';
import type { Card, Who } from './types';
import { ALL_DONE, useReview } from './use-review';
import type { Review } from './use-review';

interface ListProps {
  review: Review;
  cards: readonly Card[];
  id: string;
  title: string;
  edits: Edits;
}

function Cards({ review, cards, id, title, edits }: ListProps) {
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
              renewed={review.renewed.get(card.id) ?? null}
              onEdit={(edit) => keepEdit(card, edit)}
              onDecided={(decision, answer) => {
                keepEdit(card, {});
                review.decided(card, decision, answer);
              }}
              onMeanwhile={(now) => {
                if (now.decided || !now.card) keepEdit(card, {});
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
  const { edit: edits = {} } = useKeptEdit<Edits>(EDITS);
  const { query, cards, settled, progress, nextDueAt } = review;
  const { data, error, refetch } = query;
  if (!data) {
    return error ? (
      <ProblemAlert problem={problemOf(error)} retry={() => void refetch()} />
    ) : (
      <Loading />
    );
  }
  const groups = { review, edits };
  const late = cards.filter((card) => card.late);
  const open = cards.filter((card) => !card.late);
  const nextDue = open.find((card) => card.due_at && !settled.has(card.id))?.due_at ?? null;
  const left = cards.some((card) => !settled.has(card.id));
  // What is left then is for others to decide.
  const ending = left
    ? 'reviews.restByOthers'
    : cards.length > 0
      ? 'reviews.allDone'
      : 'reviews.nothing';
  const allDone = !query.hasNextPage && !nextOpen(cards, settled, '');
  return (
    <>
      {progress && <ReviewProgress progress={progress} called={review.called} nextDue={nextDue} />}
      <Cards {...groups} cards={late} id="reviews-late" title={t('reviews.group.late')} />
      <Cards
        {...groups}
        cards={open}
        id="reviews-open"
        title={t(
          who === 'everyone' && late.length === 0
            ? 'reviews.list.everyone'
            : `reviews.group.${who}`,
        )}
      />
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
        <div className="p-empty p-empty--alone p-reviews__end">
          <h2 id={ALL_DONE} className="ds-text-heading--lg p-flat" tabIndex={-1}>
            {t(ending)}
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
