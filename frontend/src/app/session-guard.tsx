import { Button, Dialog } from '@cmsgov/design-system';
import { useEffect, useState } from 'react';
import { problemOf } from '../api/client';
import type { Session } from '../api/types';
import { useTexts } from '../texts/context';
import { useActivity } from './session-activity';
import { announcedSeconds, phaseOf, secondsLeft } from './session-clock';
import { confirmEnd, noteActivity, readingStore, signOut, staySignedIn } from './session-store';
import { useStore } from './store';

function useSecondsLeft(): number | null {
  const reading = useStore(readingStore);
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const tick = () => setNow(Date.now());
    tick();
    const timer = window.setInterval(tick, 1000);
    // A computer that wakes up must not show health information until the next tick.
    document.addEventListener('visibilitychange', tick);
    return () => {
      window.clearInterval(timer);
      document.removeEventListener('visibilitychange', tick);
    };
  }, [reading]);
  return reading ? secondsLeft(reading, now) : null;
}

/** Warns two minutes before the session ends, in all tabs alike (CRD-8). */
export function SessionGuard({ session }: { session: Session }) {
  const { t } = useTexts();
  useActivity(noteActivity);
  const left = useSecondsLeft();
  const phase = left === null ? 'calm' : phaseOf(left, session.warning_seconds);
  const [problem, setProblem] = useState<string | null>(null);
  const [extended, setExtended] = useState(false);

  useEffect(() => {
    if (phase === 'over') void confirmEnd();
    if (phase === 'calm') {
      setProblem(null);
      setExtended(false);
    }
  }, [phase]);

  const act = (action: () => Promise<void>) => {
    setProblem(null);
    action().then(
      () => setExtended(true),
      (error: unknown) => setProblem(problemOf(error).detail),
    );
  };
  const seconds = left ?? 0;
  const announced = announcedSeconds(seconds);
  return (
    <Dialog
      isOpen={phase === 'warning'}
      // Escape is a sign of life, so it means "stay". Closed by time, it means nothing.
      onExit={() => {
        if (phase === 'warning') act(staySignedIn);
      }}
      size="narrow"
      heading={t('session.title')}
      actions={
        <div className="p-actions">
          <Button variation="solid" onClick={() => act(staySignedIn)}>
            {t('session.stay')}
          </Button>
          <Button onClick={() => act(signOut)}>{t('nav.signOut')}</Button>
        </div>
      }
    >
      <p className="p-countdown">
        {t('session.body')}{' '}
        <strong role="timer" className="p-countdown__time">
          {t('session.minutesLeft', {
            minutes: Math.floor(seconds / 60),
            seconds: String(seconds % 60).padStart(2, '0'),
          })}
        </strong>
      </p>
      <p>{extended ? t('session.limit') : t('session.kept')}</p>
      {problem && <p role="alert">{problem}</p>}
      <div className="ds-u-visibility--screen-reader" aria-live="assertive">
        {phase === 'warning' && announced ? t('session.announce', { seconds: announced }) : ''}
      </div>
    </Dialog>
  );
}
