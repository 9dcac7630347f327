import '../../styles/desk.css';
import '../../texts/desk';
import '../../texts/messages';
import { Choice } from '@cmsgov/design-system';
import { useState } from 'react';
import { Link } from 'wouter';
import { problemOf } from '../../api/client';
import { Page } from '../../app/page';
import { useTexts } from '../../texts/context';
import { Loading } from '../../ui/loading';
import { ProblemAlert } from '../../ui/problem-alert';
import { BoxHead } from '../messages/box-head';
import { currentCursor } from '../messages/cursor-stack';
import type { CursorStack } from '../messages/cursor-stack';
import { StackPager } from '../messages/pager';
import { threadPath } from '../messages/paths';
import { useConversations } from './queries';
import { WHICH } from './types';
import type { Conversation, Which } from './types';
import { StateTag, WaitingSince } from './words';

interface ListProps {
  mailboxId: string;
  rows: readonly Conversation[];
}

function Conversations({ mailboxId, rows }: ListProps) {
  const { t, instant } = useTexts();
  return (
    <table className="p-table p-desk-list">
      <caption className="ds-u-visibility--screen-reader">{t('desk.title')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('messages.subject')}</th>
          <th scope="col">{t('messages.from')}</th>
          <th scope="col">{t('desk.state')}</th>
          <th scope="col">{t('desk.time')}</th>
          <th scope="col">{t('desk.claimedBy')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.thread_id} className="p-row">
            <td className="p-desk-list__subject">
              <Link href={threadPath(mailboxId, 'inbox', row.thread_id)} className="p-stretched">
                {row.subject}
              </Link>
            </td>
            <td>
              {row.party}
              {row.organization && (
                <>
                  <br />
                  <span className="p-muted">{row.organization.name}</span>
                </>
              )}
            </td>
            <td>
              <StateTag state={row.state} />
            </td>
            <td>
              {row.waiting_since ? (
                <WaitingSince since={row.waiting_since} />
              ) : (
                <time dateTime={row.last_message_at}>{instant(row.last_message_at)}</time>
              )}
            </td>
            <td>{row.claimed_by?.name ?? <span className="p-muted">{t('desk.nobody')}</span>}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A department's conversations: who waits longest for an answer comes first (MSG-6). */
export function DeskPage({ mailboxId }: { mailboxId: string }) {
  const { t, tn } = useTexts();
  const [which, setWhich] = useState<Which>('waiting');
  const [mine, setMine] = useState(false);
  const [stack, setStack] = useState<CursorStack>([]);
  const { data, error, refetch, isPlaceholderData } = useConversations(
    mailboxId,
    which,
    mine,
    currentCursor(stack),
  );
  return (
    <Page title={t('messages.conversations')}>
      <BoxHead mailboxId={mailboxId} open="conversations" />
      <div className="p-desk-filters" role="search" aria-label={t('desk.title')}>
        <div>
          <label className="ds-c-label" htmlFor="desk-which">
            {t('desk.which')}
          </label>
          <select
            id="desk-which"
            className="ds-c-field"
            value={which}
            onChange={(event) => {
              setStack([]);
              setWhich(event.currentTarget.value as Which);
            }}
          >
            {WHICH.map((each) => (
              <option key={each} value={each}>
                {t(`desk.which.${each}`)}
              </option>
            ))}
          </select>
        </div>
        <Choice
          type="checkbox"
          name="mine"
          value="mine"
          label={t('desk.mine')}
          checked={mine}
          onChange={(event) => {
            setStack([]);
            setMine(event.target.checked);
          }}
        />
      </div>
      {error && <ProblemAlert problem={problemOf(error)} retry={() => void refetch()} />}
      {!data && !error && <Loading />}
      <p className="ds-u-visibility--screen-reader" role="status">
        {data && !isPlaceholderData && tn('desk.shown', data.items.length)}
      </p>
      {data?.items.length === 0 && <p className="p-empty">{t(`desk.none.${which}`)}</p>}
      {data && data.items.length > 0 && <Conversations mailboxId={mailboxId} rows={data.items} />}
      {data && (
        <StackPager
          label={t('desk.pages')}
          stack={stack}
          next={isPlaceholderData ? null : data.next_cursor}
          onMove={setStack}
        />
      )}
    </Page>
  );
}
