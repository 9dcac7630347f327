import '../../texts/attention';
import { Link } from 'wouter';
import { problemOf } from '../../api/client';
import { useTexts } from '../../texts/context';
import { ProblemAlert } from '../../ui/problem-alert';
import { useAttention } from './queries';
import { Task } from './task';

const SHOWN = 4;
const NAMED = 3;

/** The beginning of what needs one's attention, on Home (NOT-5, PLT-4). */
export function AttentionList() {
  const { t, tn } = useTexts();
  const { data, error, refetch } = useAttention();
  const items = data?.items ?? [];
  return (
    <section className="p-card p-attention" aria-labelledby="home-attention">
      <h2 id="home-attention" className="ds-text-heading--lg p-flat">
        {t('nav.attention')}
      </h2>
      {error && !data && <ProblemAlert problem={problemOf(error)} retry={() => void refetch()} />}
      {data && items.length === 0 && <p className="p-flat">{t('attention.nothing')}</p>}
      {items.length > 0 && (
        <ul className="p-plain">
          {items.slice(0, SHOWN).map((item) => (
            <Task key={`${item.kind} ${item.place?.id}`} item={item} named={NAMED} />
          ))}
        </ul>
      )}
      {items.length > 0 && (
        <p className="p-flat p-gap-top">
          <Link href="/attention">{tn('attention.all', items.length)}</Link>
        </p>
      )}
    </section>
  );
}
