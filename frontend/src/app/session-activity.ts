import { useEffect } from 'react';
import { phaseOf } from './session-clock';

const AT_MOST_EVERY_MS = 60_000;

/**
 * What a person does. Not `scroll`: the page scrolls by itself too, when polling brings a new row, and that
 * must not keep a session (CRD-8). `click` and `input` are also how assistive technology and dictation act.
 */
const EVENTS = ['keydown', 'input', 'pointerdown', 'click', 'wheel', 'touchmove'] as const;

interface Moment {
  now: number;
  /** When a request of the person, not of a timer, last told the portal of use. */
  lastUse: number;
  /** Seconds until the session ends. */
  left: number;
  warning_seconds: number;
  hidden: boolean;
}

/** Is what a person does now to be told to the portal? Not during the countdown: there the person decides. */
export function countsAsUse({ now, lastUse, left, warning_seconds, hidden }: Moment): boolean {
  return !hidden && phaseOf(left, warning_seconds) === 'calm' && now - lastUse >= AT_MOST_EVERY_MS;
}

export function useActivity(note: () => void) {
  useEffect(() => {
    const heard = (event: Event) => {
      // What a script does is nobody's activity.
      if (event.isTrusted) note();
    };
    const options = { capture: true, passive: true };
    for (const name of EVENTS) window.addEventListener(name, heard, options);
    return () => {
      for (const name of EVENTS) window.removeEventListener(name, heard, options);
    };
  }, [note]);
}
