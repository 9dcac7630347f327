import { useTexts } from '../../texts/context';
import { waitInWords } from '../../ui/wait';
import type { Conversation } from './types';

export function StateTag({ state }: { state: Conversation['state'] }) {
  const { t } = useTexts();
  return <span className={`p-tag p-tag--${state}`}>{t(`desk.state.${state}`)}</span>;
}

/** Since when somebody waits, and how long that is by now. */
export function WaitingSince({ since }: { since: string }) {
  const { t, instant, language } = useTexts();
  const seconds = Math.max(1, (Date.now() - Date.parse(since)) / 1000);
  return (
    <>
      <strong>{t('desk.waits', { time: waitInWords(language, seconds) })}</strong>
      <br />
      <time className="p-muted" dateTime={since}>
        {instant(since)}
      </time>
    </>
  );
}
