import '../../styles/staff.css';
import '../../styles/users.css';
import '../../texts/plan';
import '../../texts/users';
import { Button } from '@cmsgov/design-system';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { problemOf } from '../../api/client';
import { flash } from '../../app/announcer';
import { NotFound } from '../../app/not-found';
import { Page } from '../../app/page';
import { useSession } from '../../app/session-context';
import { useTexts } from '../../texts/context';
import { Loading } from '../../ui/loading';
import { ProblemAlert } from '../../ui/problem-alert';
import { currentCursor } from '../messages/cursor-stack';
import type { CursorStack } from '../messages/cursor-stack';
import { StackPager } from '../messages/pager';
import { getReports } from './calls';
import type { Report, ReportState } from './calls';
import { CloseDialog } from './close-dialog';

const STATES: readonly ReportState[] = ['open', 'closed'];

function ReportCard({ report, onClose }: { report: Report; onClose: (() => void) | null }) {
  const { t, instant } = useTexts();
  return (
    <li className="p-card">
      <dl className="p-facts p-user-facts">
        <dt>{t('misdirected.by')}</dt>
        <dd>{report.reporter}</dd>
        <dt>{t('misdirected.organization')}</dt>
        <dd>{report.organization?.name ?? t('misdirected.noOrganization')}</dd>
        <dt>{t('misdirected.at')}</dt>
        <dd>{instant(report.reported_at)}</dd>
        <dt>{t('misdirected.message')}</dt>
        <dd className="p-users__email">{report.message_id}</dd>
        {report.closed_at && (
          <>
            <dt>{t('misdirected.closedBy')}</dt>
            <dd>
              {report.closed_by}, {instant(report.closed_at)}
            </dd>
            <dt>{t('misdirected.comment')}</dt>
            <dd>{report.comment}</dd>
          </>
        )}
      </dl>
      {onClose && (
        <div className="p-actions p-gap-top">
          <Button onClick={onClose}>{t('misdirected.close')}</Button>
        </div>
      )}
    </li>
  );
}

/** What people said reached them in error, for the plan's administrators and auditors (MSG-5). */
export function ReportsPage() {
  const { t } = useTexts();
  const { staff } = useSession();
  const client = useQueryClient();
  const [state, setState] = useState<ReportState>('open');
  const [stack, setStack] = useState<CursorStack>([]);
  const [closing, setClosing] = useState<Report | null>(null);
  const cursor = currentCursor(stack);
  const { data, error, refetch } = useQuery({
    queryKey: ['misdirected', state, cursor],
    queryFn: ({ signal }) => getReports(state, cursor, signal),
  });
  const administers = staff?.roles.includes('plan_administrator');
  if (!administers && !staff?.roles.includes('auditor')) return <NotFound />;
  const show = (next: ReportState) => {
    setStack([]);
    setState(next);
  };
  return (
    <Page title={t('misdirected.title')}>
      <p className="p-lead">{t('misdirected.lead')}</p>
      <div className="p-actions" role="group" aria-label={t('misdirected.states')}>
        {STATES.map((each) => (
          <Button key={each} aria-pressed={state === each} onClick={() => show(each)}>
            {t(`misdirected.${each}`)}
          </Button>
        ))}
      </div>
      {error && !data && <ProblemAlert problem={problemOf(error)} retry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data?.items.length === 0 && <p className="p-empty">{t(`misdirected.none.${state}`)}</p>}
      <ul className="p-plain p-cards">
        {data?.items.map((report) => (
          <ReportCard
            key={report.id}
            report={report}
            onClose={administers && state === 'open' ? () => setClosing(report) : null}
          />
        ))}
      </ul>
      {data && (
        <StackPager
          label={t('misdirected.pages')}
          stack={stack}
          next={data.next_cursor}
          onMove={setStack}
        />
      )}
      <CloseDialog
        report={closing}
        onDone={() => {
          setClosing(null);
          flash.here(t('misdirected.done'));
          void client.invalidateQueries({ queryKey: ['misdirected'] });
        }}
        onClose={() => setClosing(null)}
      />
    </Page>
  );
}
