import '../../texts/work';
import { Button } from '@cmsgov/design-system';
import { useState } from 'react';
import { problemOf } from '../../api/client';
import { Page } from '../../app/page';
import { useTexts } from '../../texts/context';
import { Loading } from '../../ui/loading';
import { ProblemAlert } from '../../ui/problem-alert';
import type { Work } from './calls';
import { titleOf } from './progress';
import { useWorks } from './queries';
import { WorkProgress } from './work-progress';

function Item({ work }: { work: Work }) {
  const { t, instant } = useTexts();
  const at = instant(work.created_at);
  const title = t(titleOf(work.kind));
  return (
    <li className="p-card">
      <h2 className="ds-text-heading--lg p-flat">{title}</h2>
      <p className="p-muted p-flat">{t('work.startedAt', { at })}</p>
      <WorkProgress workId={work.id} title={`${title}, ${at}`} known={work} />
    </li>
  );
}

/** A person's own exports and imports of the last thirty days. */
export function WorkPage() {
  const { t } = useTexts();
  // Cursors of the pages that lead here; the first page has none.
  const [stack, setStack] = useState<readonly string[]>([]);
  const { data, error, refetch } = useWorks(stack.at(-1) ?? null);
  const next = data?.next_cursor;
  return (
    <Page title={t('work.title')}>
      <p className="p-lead">{t('work.lead')}</p>
      {!data && error && <ProblemAlert problem={problemOf(error)} retry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data?.items.length === 0 && <p>{t('work.none')}</p>}
      <ul className="p-work-list">
        {data?.items.map((work) => (
          <Item key={work.id} work={work} />
        ))}
      </ul>
      {(stack.length > 0 || next) && (
        <nav className="p-pager" aria-label={t('work.pages')}>
          <Button
            size="small"
            aria-disabled={stack.length === 0}
            onClick={() => setStack(stack.slice(0, -1))}
          >
            {t('work.previous')}
          </Button>
          <Button
            size="small"
            aria-disabled={!next}
            onClick={() => next && setStack([...stack, next])}
          >
            {t('work.next')}
          </Button>
        </nav>
      )}
    </Page>
  );
}
