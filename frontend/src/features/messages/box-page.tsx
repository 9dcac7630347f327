import { Button } from '@cmsgov/design-system';
import { useEffect } from 'react';
import { Link } from 'wouter';
import { problemOf } from '../../api/client';
import type { BoxName, BoxPage as Rows } from '../../api/types';
import { Page } from '../../app/page';
import { useTexts } from '../../texts/context';
import { Loading } from '../../ui/loading';
import { ProblemAlert } from '../../ui/problem-alert';
import { BoxHead } from './box-head';
import { useBox, useInboxFollowsBadge } from './box-queries';
import { BoxTable } from './box-table';
import { BoxTools } from './box-tools';
import { BulkBar } from './bulk-bar';
import { back, FIRST_PAGE, forward, pageNumber } from './cursor-stack';
import type { Order } from './order';
import { Pager } from './pager';
import { composePath } from './paths';
import { entryOf, isStart } from './place';
import type { Place } from './place';
import { useMailboxes } from './queries';
import { usePlace } from './use-place';
import { useSelection } from './use-selection';

/** Rows of a full page. */
const PAGE = 25;

function Empty({ box, search }: { box: BoxName; search: boolean }) {
  const { t } = useTexts();
  return (
    <div className="p-empty">
      <h2 className="ds-text-heading--lg p-flat">
        {t(search ? 'messages.nothing.title' : `messages.empty.${box}.title`)}
      </h2>
      <p>{t(search ? 'messages.nothing.body' : `messages.empty.${box}.body`)}</p>
    </div>
  );
}

/** A search looks at a bounded part of the box at a time; from here it goes on. */
function SearchedSoFar({ page, order, onFurther }: SoFarProps) {
  const { t, instant } = useTexts();
  return (
    <div className="p-so-far">
      <p className="p-flat">
        {page.searched_until
          ? t(order.descending ? 'messages.soFar.back' : 'messages.soFar.forth', {
              date: instant(page.searched_until),
            })
          : t('messages.soFar.part')}
      </p>
      <Button size="small" onClick={onFurther}>
        {t('messages.further')}
      </Button>
    </div>
  );
}

interface SoFarProps {
  page: Rows;
  order: Order;
  onFurther: () => void;
}

interface ListProps {
  mailboxId: string;
  box: BoxName;
  page: Rows;
  place: Place;
  waiting: boolean;
  go: (part: Partial<Place>, replace?: boolean) => void;
}

function BoxList({ mailboxId, box, page, place, waiting, go }: ListProps) {
  const { t, tn } = useTexts();
  const { items, next_cursor } = page;
  const { order, search, stack } = place;
  const selection = useSelection(items.map(({ message_id }) => message_id));
  const searching = search !== '';
  const leftOff = searching && next_cursor !== null && items.length < PAGE;
  const further = next_cursor && !waiting ? () => go({ stack: forward(stack, next_cursor) }) : null;
  // All that a later page had was filed: there is nothing to stay for.
  const gone = items.length === 0 && stack.length > 0 && !searching && !waiting;
  useEffect(() => {
    if (gone) go({ stack: FIRST_PAGE }, true);
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [gone]);
  return (
    <>
      <p className="ds-u-visibility--screen-reader" role="status">
        {searching && !waiting && tn('messages.shown', items.length)}
      </p>
      {items.length === 0 && !leftOff && <Empty box={box} search={searching} />}
      {items.length > 0 && (
        <>
          {box !== 'sent' && <BulkBar mailboxId={mailboxId} box={box} selection={selection} />}
          <BoxTable
            mailboxId={mailboxId}
            box={box}
            rows={items}
            order={order}
            onSort={(next) => go({ order: next, stack: FIRST_PAGE })}
            from={entryOf(place)}
            selection={box === 'sent' ? null : selection}
            waiting={waiting}
          />
        </>
      )}
      {leftOff && <SearchedSoFar page={page} order={order} onFurther={() => further?.()} />}
      <Pager
        label={t('messages.pages')}
        status={t('messages.page', { page: pageNumber(stack) })}
        previous={stack.length > 0 ? () => go({ stack: back(stack) }) : null}
        next={leftOff ? null : further}
      />
    </>
  );
}

export function BoxPage({ mailboxId, box }: { mailboxId: string; box: BoxName }) {
  const { t } = useTexts();
  const { place, go, typed, setTyped, clear } = usePlace(mailboxId, box);
  const { data, error, refetch, isPlaceholderData } = useBox(mailboxId, box, place);
  const mailbox = useMailboxes().data?.items.find(({ id }) => id === mailboxId);
  useInboxFollowsBadge(mailboxId, mailbox?.unread, box === 'inbox' && isStart(place));
  return (
    <Page
      title={t(`messages.${box}`)}
      aside={
        <Link href={composePath(mailboxId)} className="ds-c-button ds-c-button--solid">
          {t('messages.new')}
        </Link>
      }
    >
      <BoxHead mailboxId={mailboxId} open={box} />
      <BoxTools
        box={box}
        search={typed}
        order={place.order}
        onSearch={setTyped}
        onClear={clear}
        onSort={(order) => go({ order, stack: FIRST_PAGE })}
      />
      {error && <ProblemAlert problem={problemOf(error)} retry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data && (
        <BoxList
          mailboxId={mailboxId}
          box={box}
          page={data}
          place={place}
          waiting={isPlaceholderData}
          go={go}
        />
      )}
    </Page>
  );
}
