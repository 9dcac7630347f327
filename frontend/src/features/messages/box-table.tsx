import { Link } from 'wouter';
import type { BoxName, BoxRow } from '../../api/types';
import { useTexts } from '../../texts/context';
import type { Texts } from '../../texts/context';
import { ClipIcon, UrgentIcon } from '../../ui/icons';
import { sortedBy } from './order';
import type { Order, Sort } from './order';
import { partyNames } from './party';
import { threadPath } from './paths';
import type { Selection } from './use-selection';

interface HeadingProps {
  sort: Sort;
  box: BoxName;
  order: Order;
  onSort: (order: Order) => void;
}

function Heading({ sort, box, order, onSort }: HeadingProps) {
  const { t } = useTexts();
  const sorted = order.sort === sort;
  const direction = order.descending ? 'descending' : 'ascending';
  const name = t(columnText(box, sort));
  return (
    <th
      role="columnheader"
      scope="col"
      className={`p-table__${sort}`}
      aria-sort={sorted ? direction : 'none'}
    >
      <button type="button" className="p-sort" onClick={() => onSort(sortedBy(order, sort))}>
        {sort === 'attachment' ? (
          <>
            <ClipIcon />
            <span className="ds-u-visibility--screen-reader">{name}</span>
          </>
        ) : (
          name
        )}
        <span className={`p-sort__mark ${sorted ? `p-sort__mark--${direction}` : ''}`} />
      </button>
    </th>
  );
}

/** The heading of a column, which in Sent is about whom the messages went to. */
export function columnText(box: BoxName, sort: Sort) {
  if (sort === 'party') return box === 'sent' ? 'messages.to' : 'messages.from';
  if (sort === 'received') return box === 'sent' ? 'messages.sentAt' : 'messages.received';
  return `messages.${sort}` as const;
}

/** Whom a row is from, or went to: groups by what they are, as their names are only their practice's (MSG-1). */
function withWhom(t: Texts['t'], { groups, party }: BoxRow): string {
  return [partyNames(t, groups), party].filter(Boolean).join('; ');
}

interface RowProps {
  mailboxId: string;
  box: BoxName;
  row: BoxRow;
  /** What the page of a message needs to lead back here. */
  from: object;
  selection: Selection | null;
}

function Row({ mailboxId, box, row, from, selection }: RowProps) {
  const { t, instant } = useTexts();
  const party = withWhom(t, row);
  const selected = selection?.has(row.message_id) ?? false;
  return (
    <tr
      role="row"
      className={`p-row ${row.unread ? 'p-row--unread' : ''} ${selected ? 'p-row--selected' : ''}`}
    >
      {selection && (
        <td role="cell" className="p-row__select">
          <label className="p-row__check">
            <input
              type="checkbox"
              checked={selected}
              onChange={() => selection.toggle(row.message_id)}
              aria-label={t('messages.select', { subject: row.subject, name: party })}
            />
          </label>
        </td>
      )}
      <td role="cell" className="p-row__importance">
        {row.urgent && (
          <span className="p-urgent">
            <UrgentIcon />
            {t('messages.urgent')}
          </span>
        )}
      </td>
      <td role="cell" className="p-row__attachment">
        {row.has_attachments && (
          <>
            <ClipIcon />
            <span className="ds-u-visibility--screen-reader">{t('messages.hasAttachment')}</span>
          </>
        )}
      </td>
      <td role="cell" className="p-row__party">
        <span className="p-row__label">{t(columnText(box, 'party'))}: </span>
        {party}
      </td>
      <td role="cell" className="p-row__subject">
        {row.unread && (
          <>
            <span className="p-row__dot" aria-hidden="true" />
            <span className="ds-u-visibility--screen-reader">{t('messages.unread')} </span>
          </>
        )}
        <Link href={threadPath(mailboxId, box, row.thread_id)} state={from} className="p-stretched">
          {row.subject}
        </Link>
        {row.status && (
          <>
            {' '}
            <span className="p-tag">{t(`messages.status.${row.status}`)}</span>
          </>
        )}
      </td>
      <td role="cell" className="p-row__time">
        <time dateTime={row.received_at}>{instant(row.received_at)}</time>
      </td>
    </tr>
  );
}

interface Props {
  mailboxId: string;
  box: BoxName;
  rows: BoxRow[];
  order: Order;
  onSort: (order: Order) => void;
  from: object;
  /** Null where rows are not to be selected: what was sent can't be filed. */
  selection: Selection | null;
  /** Another page is on its way. */
  waiting: boolean;
}

/**
 * One row is one message (MSG-3). On a narrow screen the rows become cards by CSS; the explicit roles keep the
 * table a table for screen readers when its display changes.
 */
export function BoxTable(props: Props) {
  const { mailboxId, box, rows, order, onSort, from, selection, waiting } = props;
  const { t } = useTexts();
  const heading = (sort: Sort) => <Heading sort={sort} box={box} order={order} onSort={onSort} />;
  return (
    <table
      role="table"
      className={`p-table p-box ${selection ? 'p-box--select' : ''}`}
      aria-label={t(`messages.${box}`)}
      aria-busy={waiting}
    >
      <thead role="rowgroup">
        <tr role="row">
          {selection && (
            <th role="columnheader" scope="col" className="p-table__select">
              <span className="ds-u-visibility--screen-reader">{t('messages.selectColumn')}</span>
            </th>
          )}
          {heading('importance')}
          {heading('attachment')}
          {heading('party')}
          {heading('subject')}
          {heading('received')}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row) => (
          <Row
            key={row.message_id}
            mailboxId={mailboxId}
            box={box}
            row={row}
            from={from}
            selection={selection}
          />
        ))}
      </tbody>
    </table>
  );
}
