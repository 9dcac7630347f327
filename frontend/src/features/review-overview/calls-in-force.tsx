import { useTexts } from '../../texts/context';
import { dayText } from './day';
import { useReviewCalls } from './queries';
import type { ReviewCall } from './types';

const NAMED = 5;

function who({ organizations }: ReviewCall, { t, tn }: ReturnType<typeof useTexts>) {
  if (!organizations) return t('overview.call.everybody');
  const names = organizations.slice(0, NAMED).map(({ name }) => name);
  const others = organizations.length - names.length;
  return names.join(', ') + (others > 0 ? ` ${tn('overview.call.others', others)}` : '');
}

/** The reviews that the plan has called, and until when (REV-1). */
export function CallsInForce() {
  const texts = useTexts();
  const { t, language, instant } = texts;
  const now = Date.now();
  const items = useReviewCalls().data?.items ?? [];
  const calls = items.filter(({ ends_at }) => Date.parse(ends_at) > now);
  if (calls.length === 0) return null;
  return (
    <section className="p-card" aria-labelledby="overview-calls">
      <h2 id="overview-calls" className="ds-text-heading--lg p-flat">
        {t('overview.calls')}
      </h2>
      <ul className="p-plain">
        {calls.map((call) => (
          <li key={call.id} className="p-overview__call">
            <p className="p-flat p-strong">{who(call, texts)}</p>
            <p className="p-flat">
              {t('overview.call.until', { until: dayText(language, call.until) })}{' '}
              <span className="p-muted">
                {t('overview.call.by', { name: call.by_name, at: instant(call.at) })}
              </span>
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
