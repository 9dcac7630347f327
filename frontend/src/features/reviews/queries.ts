import type { InfiniteData } from '@tanstack/react-query';
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { problemOf } from '../../api/client';
import { useSession } from '../../app/session-context';
import { readAttention, useRoster } from '../users/queries';
import { getCard, getDecisions, getReviews } from './calls';
import type { Card, Evidence, Reviews, Who } from './types';

const keyOf = (who: Who) => ['reviews', who];

/** The portal's pages may come short, even empty: more is asked for until there is somebody, or nobody more. */
async function gathered(who: Who, cursor: string | null, signal: AbortSignal) {
  let page = await getReviews(who, cursor, signal);
  while (page.items.length === 0 && page.next_cursor) {
    page = { ...(await getReviews(who, page.next_cursor, signal)), progress: page.progress };
  }
  return page;
}

export function useReviews(who: Who) {
  return useInfiniteQuery({
    queryKey: keyOf(who),
    queryFn: ({ pageParam, signal }) => gathered(who, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    // Colleagues review at the same time: whoever opens the page sees what is open now.
    gcTime: 0,
  });
}

export function useDecisions(organizationId: string | null, cursor: string | null) {
  return useQuery({
    queryKey: ['review-decisions', organizationId, cursor],
    queryFn: ({ signal }) => getDecisions(organizationId, cursor, signal),
    gcTime: 0,
  });
}

type Pages = InfiniteData<Reviews, string | null>;

/** Shows a card as it is now, in place. */
export function useShowCard(who: Who) {
  const client = useQueryClient();
  return (card: Card) =>
    client.setQueryData<Pages>(
      keyOf(who),
      (data) =>
        data && {
          ...data,
          pages: data.pages.map((page) => ({
            ...page,
            items: page.items.map((each) => (each.id === card.id ? card : each)),
          })),
        },
    );
}

/** To be told that a decision was made: what else shows the account is read anew when it is shown next. */
export function useReviewed() {
  const client = useQueryClient();
  return () => {
    void client.invalidateQueries({ queryKey: ['users'] });
    readAttention(client);
  };
}

/** What became of a card that is no longer as it was shown. */
export interface Meanwhile {
  /** As it is now; null where the account is no longer there to be reviewed. */
  card: Card | null;
  /** Whether somebody decided about it since then. */
  decided: boolean;
  /** That decision, where it is among the latest of the practice. */
  evidence: Evidence | null;
}

/** What became of a card, by the card as it is now and the latest decisions of the practice. */
export function meanwhileOf(
  shown: Pick<Card, 'id' | 'verified_at' | 'created_at'>,
  card: Card | null,
  latest: readonly Evidence[],
): Meanwhile {
  const last = latest.find(({ member }) => member.id === shown.id);
  const since = Date.parse(shown.verified_at ?? shown.created_at ?? '') || 0;
  const evidence = last && Date.parse(last.at) > since ? last : null;
  // Many may have been decided since: then the decision itself is further back.
  const verified = Boolean(card?.verified_at) && card?.verified_at !== shown.verified_at;
  return { card, decided: evidence !== null || verified, evidence };
}

export async function lookAnew(shown: Card): Promise<Meanwhile> {
  const [card, decisions] = await Promise.all([
    getCard(shown.id).catch((error: unknown) => {
      if (problemOf(error).status === 404) return null;
      throw error;
    }),
    getDecisions(null, null),
  ]);
  return meanwhileOf(shown, card, decisions.items);
}

/** The other administrators of the practice, by name: who reviews one's own account (REV-2). */
export function useOthers(wanted: boolean): string[] {
  const own = useSession().membership?.id;
  const { data } = useRoster(wanted);
  if (!data) return [];
  const seat = data.seat?.status === 'active' ? [data.seat] : [];
  return [...seat, ...data.backups].filter(({ id }) => id !== own).map(({ name }) => name);
}
