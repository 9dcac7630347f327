import '../../texts/attention';
import { problemOf } from '../../api/client';
import { Page } from '../../app/page';
import { useTexts } from '../../texts/context';
import { Loading } from '../../ui/loading';
import { ProblemAlert } from '../../ui/problem-alert';
import { useAttention } from './queries';
import { Task } from './task';

/** Everything that needs one's attention, of all parts of the portal (NOT-5). */
export function AttentionPage() {
  const { t } = useTexts();
  const { data, error, refetch } = useAttention();
  return (
    <Page title={t('nav.attention')}>
      <p className="p-lead">{t('attention.lead')}</p>
      {error && !data && <ProblemAlert problem={problemOf(error)} retry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data?.items.length === 0 && <p className="p-empty">{t('attention.nothing')}</p>}
      {data && data.items.length > 0 && (
        <ul className="p-plain p-card p-attention">
          {data.items.map((item) => (
            <Task
              key={`${item.kind} ${item.place?.id}`}
              item={item}
              named={item.first.length}
              dated
            />
          ))}
        </ul>
      )}
    </Page>
  );
}
