/**
 * When this browser's session ends, as far as the portal has told us (CRD-8). The server decides; the clock
 * only knows when to warn. Every answer carries the seconds that are left.
 */
export interface Reading {
  /** Milliseconds since the epoch at which the session ends. */
  deadline: number;
  /** When the request that told us had started. */
  startedAt: number;
}

export type Phase = 'calm' | 'warning' | 'over';

/**
 * An answer to an older request may arrive after the answer to a newer one that extended the session;
 * believing it would bring the warning back.
 */
export function newer(current: Reading | null, next: Reading): Reading {
  return current && next.startedAt < current.startedAt ? current : next;
}

export function readingOf(seconds: number, startedAt: number, now: number): Reading {
  return { deadline: now + seconds * 1000, startedAt };
}

export function secondsLeft(reading: Reading, now: number): number {
  return Math.max(0, Math.ceil((reading.deadline - now) / 1000));
}

export function phaseOf(left: number, warningSeconds: number): Phase {
  if (left <= 0) return 'over';
  return left <= warningSeconds ? 'warning' : 'calm';
}

/** Screen readers hear the countdown at these moments only, not every second. */
const ANNOUNCED = [120, 60, 30, 10];

export function announcedSeconds(left: number): number | null {
  return ANNOUNCED.filter((mark) => left <= mark).at(-1) ?? null;
}
