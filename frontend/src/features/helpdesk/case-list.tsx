import { useState } from 'react';
import { Link } from 'wouter';
import { problemOf } from '../../api/client';
import { useTexts } from '../../texts/context';
import { Loading } from '../../ui/loading';
import { ProblemAlert } from '../../ui/problem-alert';
import { currentCursor } from '../messages/cursor-stack';
import type { CursorStack } from '../messages/cursor-stack';
import { StackPager } from '../messages/pager';
import type { Side } from './calls';
import { StateTag, TimeLeft } from './case-words';
import { casePath } from './paths';
import { useCases } from './queries';
import type { ResetCase } from './types';

function Row({ side, found }: { side: Side; found: ResetCase }) {
  const { t } = useTexts();
  return (
    <li className="p-case">
      <p className="p-flat">
        <Link href={casePath(side, found.id)} className="p-strong">
          {found.person.name}
        </Link>{' '}
        <StateTag state={found.state} />
      </p>
      <p className="p-flat">{found.organization?.name ?? t('cases.ofPlan')}</p>
      <p className="p-flat p-muted">
        <TimeLeft found={found} />
      </p>
    </li>
  );
}

/** Cases that are open, page by page. */
export function CaseList({ side }: { side: Side }) {
  const { t, tn } = useTexts();
  const [stack, setStack] = useState<CursorStack>([]);
  const { data, error, refetch, isPlaceholderData } = useCases(side, currentCursor(stack));
  return (
    <>
      {error && !data && <ProblemAlert problem={problemOf(error)} retry={() => void refetch()} />}
      {!data && !error && <Loading />}
      <p className="ds-u-visibility--screen-reader" role="status">
        {data && !isPlaceholderData && tn('cases.shown', data.items.length)}
      </p>
      {data?.items.length === 0 && <p className="p-flat">{t(`cases.none.${side}`)}</p>}
      <ul className="p-plain">
        {data?.items.map((found) => (
          <Row key={found.id} side={side} found={found} />
        ))}
      </ul>
      {data && (
        <StackPager
          label={t('cases.pages')}
          stack={stack}
          next={isPlaceholderData ? null : data.next_cursor}
          onMove={setStack}
        />
      )}
    </>
  );
}
