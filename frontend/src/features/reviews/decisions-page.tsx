import { Button } from '@cmsgov/design-system';
import { useState } from 'react';
import { problemOf } from '../../api/client';
import { Page } from '../../app/page';
import { useSession } from '../../app/session-context';
import { useTexts } from '../../texts/context';
import { Loading } from '../../ui/loading';
import { ProblemAlert } from '../../ui/problem-alert';
import { currentCursor, pageNumber } from '../messages/cursor-stack';
import type { CursorStack } from '../messages/cursor-stack';
import { StackPager } from '../messages/pager';
import { EvidenceItem } from './evidence-item';
import { useDecisionsExport } from './export-decisions';
import { useDecisions } from './queries';
import { printedPart } from './printed-part';
import { ReviewsTabs } from './reviews-tabs';

interface Props {
  /** Another practice, for the plan; null for one's own. */
  organizationId: string | null;
}

/** Who verified whom, when, and what they saw; for the screen, for print and as a file (REV-5). */
export function DecisionsPage({ organizationId }: Props) {
  const { t, instant } = useTexts();
  const { membership } = useSession();
  const [stack, setStack] = useState<CursorStack>([]);
  const { data, error, refetch } = useDecisions(organizationId, currentCursor(stack));
  const exporting = useDecisionsExport();
  const own = organizationId === null;
  const items = data?.items ?? [];
  const page = pageNumber(stack);
  const part = data ? printedPart(page, data.next_cursor) : null;
  return (
    <Page
      title={t('reviews.decisions.title')}
      aside={
        <div className="p-actions p-no-print">
          {items.length > 0 && <Button onClick={() => window.print()}>{t('reviews.print')}</Button>}
          {own && exporting.button}
        </div>
      }
    >
      {own && <ReviewsTabs />}
      <p className="p-lead p-reviews__lead">{t('reviews.decisions.lead')}</p>
      <p className="p-print-only">
        {own && membership ? `${membership.organization.name}, ` : ''}
        {t('reviews.printedAt', { at: instant(new Date().toISOString()) })}
        {part && ` ${t(part, { page, count: items.length })}`}
      </p>
      {exporting.panel}
      {error && !data && <ProblemAlert problem={problemOf(error)} retry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data && items.length === 0 && (
        <p className="p-empty p-empty--alone">{t('reviews.decisions.none')}</p>
      )}
      {items.length > 0 && (
        <ol className="p-plain p-card p-decisions" aria-label={t('reviews.decisions.title')}>
          {items.map((evidence) => (
            <EvidenceItem key={evidence.id} evidence={evidence} />
          ))}
        </ol>
      )}
      {data && (
        <div className="p-no-print">
          <StackPager
            label={t('reviews.decisions.pages')}
            stack={stack}
            next={data.next_cursor}
            onMove={setStack}
          />
        </div>
      )}
    </Page>
  );
}
