import { Button } from '@cmsgov/design-system';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { getRecipients } from '../../api/calls';
import { problemOf } from '../../api/client';
import type { Mailbox, Recipient, RecipientPage } from '../../api/types';
import { useTexts } from '../../texts/context';
import type { Texts } from '../../texts/context';
import { Loading } from '../../ui/loading';
import { ProblemAlert } from '../../ui/problem-alert';
import { back, currentCursor, FIRST_PAGE, forward } from '../messages/cursor-stack';
import type { CursorStack } from '../messages/cursor-stack';
import { Pager } from '../messages/pager';
import { partyName } from '../messages/party';
import { isGroup, sameRecipient } from './draft-store';
import type { ChosenRecipient, Practice } from './draft-store';
import { addedBy, listedKind } from './offers';
import type { Sought } from './offers';

const PAGE_SIZE = 10;

export interface Search {
  mailbox: Mailbox;
  sought: Sought;
  /** The practice whose people are looked for, where staff write. */
  practice: Practice | null;
  words: string;
}

interface Props {
  search: Search;
  /** The one practice whose groups may still be added; then nothing else is looked for. */
  only: Practice | null;
  chosen: ChosenRecipient[];
  /** How many may be chosen, once that many are. */
  full: number | null;
  onAdd: (recipient: ChosenRecipient) => void;
  onPractice: (practice: Practice) => void;
}

/** "1 - 10 of 19", or "1 - 10" when the total is not known (MSG-2). */
export function rangeText(t: Texts['t'], passed: number, { items, total }: RecipientPage): string {
  const from = passed * PAGE_SIZE + 1;
  const to = passed * PAGE_SIZE + items.length;
  return total == null ? t('picker.range', { from, to }) : t('picker.rangeOf', { from, to, total });
}

function categoryText(t: Texts['t'], { kind, category }: Recipient): string {
  if (kind === 'organization') return category && t('picker.tin', { tin: category });
  if (kind !== 'member') return category;
  return category === 'general_user' ? t('picker.role.user') : t('picker.role.administrator');
}

interface ResultProps extends Pick<Props, 'chosen' | 'full' | 'onAdd' | 'onPractice'> {
  search: Search;
  row: Recipient;
}

function Result({ search, row, chosen, full, onAdd, onPractice }: ResultProps) {
  const { t } = useTexts();
  const adds = addedBy(row, search.sought, search.practice);
  const category = categoryText(t, row);
  const name = adds ? partyName(t, adds) : row.name;
  const added = adds !== null && chosen.some((one) => sameRecipient(one, adds));
  const shut = added || (full !== null && adds !== null && !isGroup(adds));
  return (
    <li className="p-result">
      <div className="p-result__what">
        <span className="p-result__name">{name}</span>
        {category && <span className="p-result__category">{category}</span>}
        {row.description && <span className="p-result__description">{row.description}</span>}
      </div>
      {adds ? (
        <Button
          size="small"
          aria-label={added ? `${name}: ${t('picker.added')}` : t('picker.addName', { name })}
          aria-disabled={shut}
          onClick={() => {
            if (!shut) onAdd(adds);
          }}
        >
          {t(added ? 'picker.added' : 'picker.add')}
        </Button>
      ) : (
        <Button
          size="small"
          aria-label={t('picker.chooseName', { name })}
          onClick={() => onPractice({ id: row.id, name: row.name })}
        >
          {t('picker.choose')}
        </Button>
      )}
    </li>
  );
}

/** A page of what is sought; the first page tells how many there are. */
function useOffers(
  { mailbox, sought, practice, words }: Search,
  only: Practice | null,
  stack: CursorStack,
) {
  const { t } = useTexts();
  const kind = listedKind(mailbox, sought, practice);
  const cursor = currentCursor(stack);
  const whose = kind === 'member' ? practice?.id : undefined;
  const asked = useQuery({
    enabled: only === null,
    queryKey: ['recipients', mailbox.id, kind, whose, words, cursor],
    queryFn: ({ signal }) => getRecipients(mailbox.id, kind, words, cursor, signal, whose),
    staleTime: 60_000,
  });
  if (only === null) return asked;
  const name = only.name || t('picker.practiceChosen');
  const row = { id: only.id, kind: 'organization' as const, name, category: '', description: '' };
  return { ...asked, data: { items: [row], total: 1, next_cursor: null } };
}

/** One search; the parent gives a new search a new key, so it starts at its first page. */
export function PickerResults({ search, only, chosen, full, ...on }: Props) {
  const { t } = useTexts();
  const [stack, setStack] = useState<CursorStack>(FIRST_PAGE);
  const [total, setTotal] = useState<number | null>(null);
  const { data, error, refetch } = useOffers(search, only, stack);
  if (data?.total != null && data.total !== total) setTotal(data.total);
  const range =
    data && data.items.length > 0 ? rangeText(t, stack.length, { ...data, total }) : null;
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
      {full !== null && <p className="p-flat">{t('picker.full', { max: full })}</p>}
      <ul className="p-plain p-result-list">
        {data?.items.map((row) => (
          <Result key={row.id} search={search} row={row} chosen={chosen} full={full} {...on} />
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
