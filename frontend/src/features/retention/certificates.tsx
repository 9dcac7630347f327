import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { problemOf } from '../../api/client';
import { useTexts } from '../../texts/context';
import { Loading } from '../../ui/loading';
import { ProblemAlert } from '../../ui/problem-alert';
import { currentCursor } from '../messages/cursor-stack';
import type { CursorStack } from '../messages/cursor-stack';
import { StackPager } from '../messages/pager';
import { getDeletions } from './calls';
import type { Certificate } from './calls';

function Item({ certificate }: { certificate: Certificate }) {
  const { t, tn, instant } = useTexts();
  const { object_id, thread_id, kept_from, deleted_at, years, sha256, mailboxes, files } =
    certificate;
  return (
    <li className="p-card" aria-label={object_id}>
      <h3 className="ds-text-heading--md p-flat p-hold__text">{object_id}</h3>
      <dl className="p-facts p-user-facts">
        <dt>{t('records.deletedAt')}</dt>
        <dd>{instant(deleted_at)}</dd>
        <dt>{t('records.keptFrom')}</dt>
        <dd>
          {instant(kept_from)}, {tn('records.years', years)}
        </dd>
        {thread_id && (
          <>
            <dt>{t('retention.kind.thread')}</dt>
            <dd className="p-hold__text">{thread_id}</dd>
          </>
        )}
        <dt>{t('records.mailboxes')}</dt>
        <dd>{mailboxes}</dd>
        <dt>{t('records.digest')}</dt>
        <dd className="p-hold__text">{sha256}</dd>
        {files && files.length > 0 && (
          <>
            <dt>{t('records.files')}</dt>
            {files.map((file) => (
              <dd key={file.id} className="p-hold__text">
                {t(file.deleted ? 'records.file.deleted' : 'records.file.kept', {
                  digest: file.sha256,
                })}
              </dd>
            ))}
          </>
        )}
      </dl>
    </li>
  );
}

/** What proves that messages were deleted when their years were over: ids and digests, no word of them (MSG-10). */
export function Certificates() {
  const { t } = useTexts();
  const [stack, setStack] = useState<CursorStack>([]);
  const cursor = currentCursor(stack);
  const { data, error, refetch } = useQuery({
    queryKey: ['deletions', cursor],
    queryFn: ({ signal }) => getDeletions(cursor, signal),
  });
  return (
    <section className="p-records" aria-labelledby="record-deletions">
      <h2 id="record-deletions" className="ds-text-heading--lg">
        {t('records.deletions')}
      </h2>
      <p>{t('records.deletions.body')}</p>
      {error && !data && <ProblemAlert problem={problemOf(error)} retry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data?.items.length === 0 && <p className="p-empty p-empty--alone">{t('records.none')}</p>}
      <ul className="p-plain p-cards">
        {data?.items.map((each) => (
          <Item key={each.id} certificate={each} />
        ))}
      </ul>
      {data && (
        <StackPager
          label={t('records.pages')}
          stack={stack}
          next={data.next_cursor}
          onMove={setStack}
        />
      )}
    </section>
  );
}
