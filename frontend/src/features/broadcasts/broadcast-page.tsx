import '../../texts/compose';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import { Page } from '../../app/page';
import { NotFound } from '../../app/not-found';
import { useTexts } from '../../texts/context';
import { Loading } from '../../ui/loading';
import { back, currentCursor, FIRST_PAGE, forward } from '../messages/cursor-stack';
import type { CursorStack } from '../messages/cursor-stack';
import { Pager } from '../messages/pager';
import { boxPath, broadcastPath } from '../messages/paths';
import { useMailboxes } from '../messages/queries';
import { isOpen } from '../work/progress';
import { useWork } from '../work/queries';
import { WorkProgress } from '../work/work-progress';
import { BroadcastForm } from './broadcast-form';
import { getSkipped } from './calls';

interface Props {
  mailboxId: string;
  /** One that is under way, or was. */
  workId?: string | undefined;
}

/** Sending to many practices at once, and how far it is (MSG-11). */
export function BroadcastPage({ mailboxId, workId }: Props) {
  const { t } = useTexts();
  const [, navigate] = useLocation();
  const { data } = useMailboxes();
  const mailbox = data?.items.find(({ id }) => id === mailboxId);
  if (!data) return <Loading />;
  if (mailbox?.kind !== 'department') return <NotFound />;
  return (
    <Page title={t('broadcast.title')} className="p-compose">
      <p className="p-lead">{t('broadcast.lead')}</p>
      {workId ? (
        <Progress mailboxId={mailboxId} workId={workId} />
      ) : (
        <BroadcastForm
          mailbox={mailbox}
          onStarted={(id) => navigate(broadcastPath(mailboxId, id), { replace: true })}
          onCancel={() => navigate(boxPath(mailboxId, 'inbox'))}
        />
      )}
    </Page>
  );
}

function Progress({ mailboxId, workId }: { mailboxId: string; workId: string }) {
  const { t } = useTexts();
  const { data: work } = useWork(workId);
  return (
    <>
      <section className="p-card" aria-label={t('broadcast.progress')}>
        <WorkProgress workId={workId} title={t('broadcast.progress')} />
      </section>
      {work && work.problems > 0 && <Skipped workId={workId} open={isOpen(work)} />}
      <p className="p-gap-top">
        <Link href={boxPath(mailboxId, 'sent')}>{t('broadcast.sent')}</Link>
      </p>
    </>
  );
}

const AGAIN_MS = 5_000;

/** The practices that it did not go to, and why. */
function Skipped({ workId, open }: { workId: string; open: boolean }) {
  const { t } = useTexts();
  const [stack, setStack] = useState<CursorStack>(FIRST_PAGE);
  const cursor = currentCursor(stack);
  const { data } = useQuery({
    queryKey: ['skipped', workId, cursor, open],
    queryFn: ({ signal }) => getSkipped(workId, cursor, signal),
    refetchInterval: open ? AGAIN_MS : false,
  });
  if (!data) return <Loading />;
  const next = data.next_cursor;
  return (
    <section className="p-card p-gap-top" aria-labelledby="broadcast-skipped">
      <h2 id="broadcast-skipped" className="ds-text-heading--lg p-flat">
        {t('broadcast.skipped')}
      </h2>
      <ul>
        {data.items.map(({ row, tin, detail }) => (
          <li key={row}>
            {t('picker.tin', { tin })}: {detail}
          </li>
        ))}
      </ul>
      <Pager
        label={t('broadcast.skipped')}
        status=""
        previous={stack.length > 0 ? () => setStack(back(stack)) : null}
        next={next ? () => setStack(forward(stack, next)) : null}
      />
    </section>
  );
}
