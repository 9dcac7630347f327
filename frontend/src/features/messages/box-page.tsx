import { Link, useLocation } from 'wouter';
import { useHistoryState } from 'wouter/use-browser-location';
import { problemOf } from '../../api/client';
import type { BoxName } from '../../api/types';
import { Page } from '../../app/page';
import { useTexts } from '../../texts/context';
import { Loading } from '../../ui/loading';
import { ProblemAlert } from '../../ui/problem-alert';
import { BoxTable } from './box-table';
import { back, currentCursor, forward, pageNumber, stackOf } from './cursor-stack';
import type { CursorStack } from './cursor-stack';
import { Pager } from './pager';
import { BOXES, boxPath, composePath } from './paths';
import { useBox, useInboxFollowsBadge, useMailboxes } from './queries';

function Boxes({ mailboxId, open }: { mailboxId: string; open: BoxName }) {
  const { t } = useTexts();
  return (
    <nav aria-label={t('messages.boxes')}>
      <ul className="p-tabs">
        {BOXES.map((box) => (
          <li key={box}>
            <Link
              href={boxPath(mailboxId, box)}
              className="p-tabs__tab"
              aria-current={box === open ? 'page' : undefined}
            >
              {t(`messages.${box}`)}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** Staff see which department is open; those with several change between them here. */
function WhichDepartment({ mailboxId, box }: { mailboxId: string; box: BoxName }) {
  const { t } = useTexts();
  const [, navigate] = useLocation();
  const mailboxes = useMailboxes().data?.items ?? [];
  if (mailboxes.length < 2) {
    const [only] = mailboxes;
    return only?.kind === 'department' ? <p className="p-lead">{only.name}</p> : null;
  }
  return (
    <div className="p-switch">
      <label className="ds-c-label" htmlFor="mailbox-switch">
        {t('messages.mailbox')}
      </label>
      <select
        id="mailbox-switch"
        className="ds-c-field"
        value={mailboxId}
        onChange={(event) => navigate(boxPath(event.currentTarget.value, box))}
      >
        {mailboxes.map((mailbox) => (
          <option key={mailbox.id} value={mailbox.id}>
            {mailbox.name} ({mailbox.unread})
          </option>
        ))}
      </select>
    </div>
  );
}

function Empty({ box }: { box: BoxName }) {
  const { t } = useTexts();
  return (
    <div className="p-empty">
      <h2 className="ds-text-heading--lg p-flat">{t(`messages.empty.${box}.title`)}</h2>
      <p>{t(`messages.empty.${box}.body`)}</p>
    </div>
  );
}

export function BoxPage({ mailboxId, box }: { mailboxId: string; box: BoxName }) {
  const { t } = useTexts();
  const [, navigate] = useLocation();
  // The page lives in the history entry: Back from a message leads to the page it was opened from.
  const stack = stackOf(useHistoryState());
  const { data, error, refetch } = useBox(mailboxId, box, currentCursor(stack));
  const mailbox = useMailboxes().data?.items.find(({ id }) => id === mailboxId);
  useInboxFollowsBadge(mailboxId, mailbox?.unread, box === 'inbox' && stack.length === 0);

  const go = (next: CursorStack) => navigate(boxPath(mailboxId, box), { state: { stack: next } });
  return (
    <Page
      title={t(`messages.${box}`)}
      aside={
        <Link href={composePath(mailboxId)} className="ds-c-button ds-c-button--solid">
          {t('messages.new')}
        </Link>
      }
    >
      <WhichDepartment mailboxId={mailboxId} box={box} />
      <Boxes mailboxId={mailboxId} open={box} />
      {error && !data && <ProblemAlert problem={problemOf(error)} retry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data && data.items.length === 0 && <Empty box={box} />}
      {data && data.items.length > 0 && (
        <BoxTable mailboxId={mailboxId} box={box} rows={data.items} stack={stack} />
      )}
      {data && (
        <Pager
          label={t('messages.pages')}
          status={t('messages.page', { page: pageNumber(stack) })}
          previous={stack.length > 0 ? () => go(back(stack)) : null}
          next={data.next_cursor ? () => go(forward(stack, data.next_cursor)) : null}
        />
      )}
    </Page>
  );
}
