import type { Forwarded } from '../../api/types';
import { useTexts } from '../../texts/context';
import { partyName, partyNames } from './party';

/** Earlier messages within one that forwards them, newest first; only ever text (MSG-5, S-IO-01). */
export function ForwardedView({ forwarded }: { forwarded: readonly Forwarded[] }) {
  const { t, instant } = useTexts();
  return (
    <>
      {forwarded.map((quoted, index) => (
        <blockquote key={index} className="p-quoted" aria-label={t('thread.forwarded')}>
          <p className="p-quoted__title">{t('thread.forwarded')}</p>
          <dl className="p-facts">
            <dt>{t('messages.from')}</dt>
            <dd>{partyName(t, quoted.from)}</dd>
            <dt>{t('messages.to')}</dt>
            <dd>{partyNames(t, quoted.to)}</dd>
            <dt>{t('messages.sentAt')}</dt>
            <dd>
              <time dateTime={quoted.sent_at}>{instant(quoted.sent_at)}</time>
            </dd>
          </dl>
          <div className="p-message__text">{quoted.text}</div>
        </blockquote>
      ))}
    </>
  );
}
