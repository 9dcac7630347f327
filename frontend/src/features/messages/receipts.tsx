import { Button } from '@cmsgov/design-system';
import { useInfiniteQuery } from '@tanstack/react-query';
import { problemOf } from '../../api/client';
import { useTexts } from '../../texts/context';
import { Loading } from '../../ui/loading';
import { ProblemAlert } from '../../ui/problem-alert';
import { getReceipts } from './calls';
import type { Receipt } from './calls';
import { partyName } from './party';

function State({ receipt }: { receipt: Receipt }) {
  const { t, instant } = useTexts();
  if (receipt.reason) return <>{t(`thread.receipts.${receipt.reason}`)}</>;
  if (!receipt.read_at) return <>{t('thread.receipts.unread')}</>;
  return <>{t('thread.receipts.read', { date: instant(receipt.read_at) })}</>;
}

/** What became of one's message at each recipient (MSG-7). */
export function Receipts({ mailboxId, messageId }: { mailboxId: string; messageId: string }) {
  const { t, tn } = useTexts();
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    {
      queryKey: ['receipts', mailboxId, messageId],
      queryFn: ({ pageParam, signal }) => getReceipts(mailboxId, messageId, pageParam, signal),
      initialPageParam: null as string | null,
      getNextPageParam: (page) => page.next_cursor,
    },
  );
  const [first] = data?.pages ?? [];
  if (error) return <ProblemAlert problem={problemOf(error)} retry={() => void refetch()} />;
  if (!first || !data) return <Loading />;
  const { total, delivered_count: delivered } = first;
  return (
    <>
      <p className="p-flat">
        {delivered === null
          ? tn('thread.receipts.total', total)
          : t('thread.receipts.delivered', { delivered, total })}
      </p>
      <ul className="p-plain p-receipts__list" aria-label={t('thread.receipts')}>
        {data.pages
          .flatMap(({ items }) => items)
          .map((receipt) => (
            <li key={`${receipt.party.kind} ${receipt.party.id}`} className="p-receipt">
              <span className="p-strong">{partyName(t, receipt.party)}</span>
              <span className="p-muted">
                <State receipt={receipt} />
              </span>
            </li>
          ))}
      </ul>
      {hasNextPage && (
        <Button
          size="small"
          aria-disabled={isFetchingNextPage}
          onClick={() => void fetchNextPage()}
        >
          {t('thread.receipts.more')}
        </Button>
      )}
    </>
  );
}
