import { Link } from 'wouter';
import type { BoxName, BoxRow } from '../../api/types';
import { useTexts } from '../../texts/context';
import { ClipIcon, UrgentIcon } from '../../ui/icons';
import type { CursorStack } from './cursor-stack';
import { threadPath } from './paths';

interface Props {
  mailboxId: string;
  box: BoxName;
  rows: BoxRow[];
  /** The page that is open, for the way back to it. */
  stack: CursorStack;
}

function Row({ mailboxId, box, stack, row }: Omit<Props, 'rows'> & { row: BoxRow }) {
  const { t, instant } = useTexts();
  const partyLabel = t(box === 'sent' ? 'messages.to' : 'messages.from');
  return (
    <tr role="row" className={`p-row ${row.unread ? 'p-row--unread' : ''}`}>
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
        <span className="p-row__label">{partyLabel}: </span>
        {row.party}
      </td>
      <td role="cell" className="p-row__subject">
        {row.unread && (
          <>
            <span className="p-row__dot" aria-hidden="true" />
            <span className="ds-u-visibility--screen-reader">{t('messages.unread')} </span>
          </>
        )}
        <Link
          href={threadPath(mailboxId, box, row.thread_id)}
          state={{ stack }}
          className="p-stretched"
        >
          {row.subject}
        </Link>
      </td>
      <td role="cell" className="p-row__time">
        <time dateTime={row.received_at}>{instant(row.received_at)}</time>
      </td>
    </tr>
  );
}

/**
 * One row is one message (MSG-3). On a narrow screen the rows become cards by CSS; the explicit roles keep the
 * table a table for screen readers when its display changes.
 */
export function BoxTable({ mailboxId, box, rows, stack }: Props) {
  const { t } = useTexts();
  const sent = box === 'sent';
  return (
    <table role="table" className="p-table" aria-label={t(`messages.${box}`)}>
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader" scope="col" className="p-table__importance">
            {t('messages.importance')}
          </th>
          <th role="columnheader" scope="col" className="p-table__attachment">
            <ClipIcon />
            <span className="ds-u-visibility--screen-reader">{t('messages.attachment')}</span>
          </th>
          <th role="columnheader" scope="col" className="p-table__party">
            {t(sent ? 'messages.to' : 'messages.from')}
          </th>
          <th role="columnheader" scope="col">
            {t('messages.subject')}
          </th>
          <th role="columnheader" scope="col" className="p-table__time" aria-sort="descending">
            {t(sent ? 'messages.sentAt' : 'messages.received')}
          </th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row) => (
          <Row key={row.message_id} mailboxId={mailboxId} box={box} stack={stack} row={row} />
        ))}
      </tbody>
    </table>
  );
}
