import { Button } from '@cmsgov/design-system';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { getRecipients } from '../../api/calls';
import { problemOf } from '../../api/client';
import type { Recipient, RecipientKind, RecipientPage } from '../../api/types';
import { useTexts } from '../../texts/context';
import type { Texts } from '../../texts/context';
import { Loading } from '../../ui/loading';
import { ProblemAlert } from '../../ui/problem-alert';
import { back, currentCursor, FIRST_PAGE, forward } from '../messages/cursor-stack';
import type { CursorStack } from '../messages/cursor-stack';
import { Pager } from '../messages/pager';
import { MAX_RECIPIENTS } from './check-draft';
import type { ChosenRecipient } from './draft-store';

const PAGE_SIZE = 10;

interface Props {
  mailboxId: string;
  kind: RecipientKind;
  search: string;
  chosen: ChosenRecipient[];
  full: boolean;
  onAdd: (recipient: Recipient) => void;
}

/** "1 - 10 of 19", or "1 - 10" when the total is not known (MSG-2). */
export function rangeText(t: Texts['t'], passed: number, page: RecipientPage): string {
  const from = passed * PAGE_SIZE + 1;
  const to = passed * PAGE_SIZE + page.items.length;
  return page.total === null
    ? t('picker.range', { from, to })
    : t('picker.rangeOf', { from, to, total: page.total });
}

function Result({
  recipient,
  added,
  full,
  onAdd,
}: {
  recipient: Recipient;
  added: boolean;
  full: boolean;
  onAdd: (recipient: Recipient) => void;
}) {
  const { t } = useTexts();
  return (
    <li className="p-result">
      <div className="p-result__what">
        <span className="p-result__name">{recipient.name}</span>
        {recipient.category && <span className="p-result__category">{recipient.category}</span>}
        {recipient.description && (
          <span className="p-result__description">{recipient.description}</span>
        )}
      </div>
      <Button
        size="small"
        aria-label={
          added
            ? `${recipient.name}: ${t('picker.added')}`
            : t('picker.addName', { name: recipient.name })
        }
        aria-disabled={added || full}
        onClick={() => {
          if (added || full) return;
          onAdd(recipient);
        }}
      >
        {added ? t('picker.added') : t('picker.add')}
      </Button>
    </li>
  );
}

/** One search; the parent gives a new search a new key, so it starts at its first page. */
export function PickerResults({ mailboxId, kind, search, chosen, full, onAdd }: Props) {
  const { t } = useTexts();
  const [stack, setStack] = useState<CursorStack>(FIRST_PAGE);
  const cursor = currentCursor(stack);
  const { data, error, refetch } = useQuery({
    queryKey: ['recipients', mailboxId, kind, search, cursor],
    queryFn: ({ signal }) => getRecipients(mailboxId, kind, search, cursor, signal),
    staleTime: 60_000,
  });
  const range = data && data.items.length > 0 ? rangeText(t, stack.length, data) : null;
  if (error && !data) {
    return <ProblemAlert problem={problemOf(error)} retry={() => void refetch()} />;
  }
  return (
    <section aria-labelledby="picker-results" className="p-picker__results">
      <h3 id="picker-results" className="p-picker__heading">
        {t('picker.results')}{' '}
        <span className="p-picker__range" aria-live="polite">
          {range}
        </span>
      </h3>
      {!data && <Loading />}
      <div aria-live="polite">{data && !range && <p>{t('picker.nothing')}</p>}</div>
      {full && <p className="p-flat">{t('picker.full', { max: MAX_RECIPIENTS })}</p>}
      <ul className="p-plain p-result-list">
        {data?.items.map((recipient) => (
          <Result
            key={recipient.id}
            recipient={recipient}
            added={chosen.some(({ id }) => id === recipient.id)}
            full={full}
            onAdd={onAdd}
          />
        ))}
      </ul>
      {data && (
        <Pager
          label={t('picker.results')}
          status=""
          previous={stack.length > 0 ? () => setStack(back(stack)) : null}
          next={data.next_cursor ? () => setStack(forward(stack, data.next_cursor)) : null}
        />
      )}
    </section>
  );
}
