import { Link, useLocation } from 'wouter';
import type { BoxName } from '../../api/types';
import { useTexts } from '../../texts/context';
import { BOXES, boxPath, conversationsPath, draftsPath } from './paths';
import { useMailbox, useMailboxes } from './queries';

type Tab = BoxName | 'drafts' | 'conversations';
const TABS: readonly Tab[] = [...BOXES, 'drafts'];
/** What a department's agents do together comes first (MSG-6). */
const DEPARTMENT_TABS: readonly Tab[] = ['conversations', ...TABS];

function tabPath(mailbox: string, tab: Tab) {
  if (tab === 'conversations') return conversationsPath(mailbox);
  return tab === 'drafts' ? draftsPath(mailbox) : boxPath(mailbox, tab);
}

interface Props {
  mailboxId: string;
  open: Tab;
}

function Boxes({ mailboxId, open }: Props) {
  const { t } = useTexts();
  const department = useMailbox(mailboxId)?.kind === 'department';
  return (
    <nav aria-label={t('messages.boxes')}>
      <ul className="p-tabs">
        {(department ? DEPARTMENT_TABS : TABS).map((tab) => (
          <li key={tab}>
            <Link
              href={tabPath(mailboxId, tab)}
              className="p-tabs__tab"
              aria-current={tab === open ? 'page' : undefined}
            >
              {t(`messages.${tab}`)}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** Staff see which department is open; those with several change between them here. */
function WhichDepartment({ mailboxId, open }: Props) {
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
        onChange={(event) => navigate(tabPath(event.currentTarget.value, open))}
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

/** Above each box and the drafts: whose mailbox it is, and its tabs (MSG-3). */
export function BoxHead(props: Props) {
  return (
    <>
      <WhichDepartment {...props} />
      <Boxes {...props} />
    </>
  );
}
