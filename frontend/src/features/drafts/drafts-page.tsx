import '../../texts/compose';
import { Button } from '@cmsgov/design-system';
import { useState } from 'react';
import { Link } from 'wouter';
import { problemOf } from '../../api/client';
import { flash } from '../../app/announcer';
import { Page } from '../../app/page';
import { useTexts } from '../../texts/context';
import { ClipIcon, UrgentIcon } from '../../ui/icons';
import { Loading } from '../../ui/loading';
import { ProblemAlert } from '../../ui/problem-alert';
import { BoxHead } from '../messages/box-head';
import { currentCursor, FIRST_PAGE } from '../messages/cursor-stack';
import type { CursorStack } from '../messages/cursor-stack';
import { StackPager } from '../messages/pager';
import { composePath, draftPath } from '../messages/paths';
import type { DraftRow } from './calls';
import { DiscardDialog } from './discard-dialog';
import { useDrafts } from './queries';

function Whom({ row }: { row: DraftRow }) {
  const { t, tn } = useTexts();
  const names = row.to.filter((name) => name !== '');
  if (row.recipients === 0) {
    return <span className="p-muted">{row.mode === 'new' ? t('drafts.nobody') : ''}</span>;
  }
  const others = row.recipients - names.length;
  return (
    <>
      {names.join('; ')}{' '}
      {others > 0 && (names.length > 0 ? tn('drafts.and', others) : tn('drafts.count', others))}
    </>
  );
}

interface ItemProps {
  mailboxId: string;
  row: DraftRow;
  onDelete: () => void;
}

function Item({ mailboxId, row, onDelete }: ItemProps) {
  const { t, instant } = useTexts();
  const subject = row.subject || t('drafts.noSubject');
  return (
    <li className="p-draft">
      <div className="p-draft__what">
        <p className="p-flat">
          <Link href={draftPath(mailboxId, row.id)} className="p-draft__subject">
            {subject}
          </Link>
        </p>
        <p className="p-flat">
          {row.recipients > 0 && `${t('drafts.to')}: `}
          <Whom row={row} />
        </p>
        <p className="p-flat p-muted p-draft__facts">
          {row.mode !== 'new' && <span>{t(`drafts.mode.${row.mode}`)}</span>}
          <span>
            {t('drafts.savedAt')} <time dateTime={row.saved_at}>{instant(row.saved_at)}</time>
          </span>
          {row.urgent && (
            <span className="p-urgent">
              <UrgentIcon />
              {t('messages.urgent')}
            </span>
          )}
          {row.has_attachments && (
            <span>
              <ClipIcon />
              <span className="ds-u-visibility--screen-reader">{t('messages.hasAttachment')}</span>
            </span>
          )}
        </p>
      </div>
      <Button
        size="small"
        variation="ghost"
        aria-label={t('drafts.deleteNamed', { subject })}
        onClick={onDelete}
      >
        {t('drafts.delete')}
      </Button>
    </li>
  );
}

/** What one has begun to write in this mailbox, on whatever device (MSG-2). */
export function DraftsPage({ mailboxId }: { mailboxId: string }) {
  const { t } = useTexts();
  const [stack, setStack] = useState<CursorStack>(FIRST_PAGE);
  const [deleting, setDeleting] = useState<DraftRow | null>(null);
  const { data, error, refetch } = useDrafts(mailboxId, currentCursor(stack));
  const next = data?.next_cursor;
  return (
    <Page
      title={t('drafts.title')}
      aside={
        <Link href={composePath(mailboxId)} className="ds-c-button ds-c-button--solid">
          {t('messages.new')}
        </Link>
      }
    >
      <BoxHead mailboxId={mailboxId} open="drafts" />
      {error && !data && <ProblemAlert problem={problemOf(error)} retry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data?.items.length === 0 && (
        <div className="p-empty">
          <h2 className="ds-text-heading--lg p-flat">{t('drafts.empty.title')}</h2>
          <p>{t('drafts.empty.body')}</p>
        </div>
      )}
      {data && data.items.length > 0 && (
        <ul className="p-plain p-drafts" id="drafts" tabIndex={-1} aria-label={t('drafts.title')}>
          {data.items.map((row) => (
            <Item key={row.id} mailboxId={mailboxId} row={row} onDelete={() => setDeleting(row)} />
          ))}
        </ul>
      )}
      <StackPager label={t('drafts.pages')} stack={stack} next={next} onMove={setStack} />
      <DiscardDialog
        mailboxId={mailboxId}
        row={deleting}
        onClose={() => setDeleting(null)}
        onDone={() => {
          setDeleting(null);
          flash.here(t('drafts.deleted'));
          // The button that had the focus is gone with its row.
          document.getElementById('main')?.focus();
        }}
      />
    </Page>
  );
}
