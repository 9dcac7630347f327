import type { FeaturePhase, PhaseBody } from './types';

export const WHENS = ['unknown', 'from', 'until'] as const;
export type When = (typeof WHENS)[number];

/** A phase as it is typed. */
export interface Typed {
  when: When;
  on_date: string;
  off_date: string;
  grace_days: string;
  note: string;
}

export function typedOf({ own }: FeaturePhase): Typed {
  return {
    when: own?.off_date ? 'until' : own?.on_date ? 'from' : 'unknown',
    on_date: own?.on_date ?? '',
    off_date: own?.off_date ?? '',
    grace_days: String(own?.grace_days ?? 0),
    note: own?.note ?? '',
  };
}

/** What is kept of it: fields that don't show don't count. */
export function bodyOf({ when, on_date, off_date, grace_days, note }: Typed): PhaseBody {
  return {
    on_date: when === 'unknown' ? null : on_date,
    off_date: when === 'until' ? off_date : null,
    grace_days: when === 'until' ? Number(grace_days.trim() || '0') : 0,
    note: note.trim(),
  };
}

const MOST_GRACE_DAYS = 365;
const LONGEST_NOTE = 500;

export type Wrong = Partial<
  Record<
    'on_date' | 'off_date' | 'grace_days' | 'note',
    'missing.on_date' | 'missing.off_date' | 'wrong.grace_days' | 'wrong.note'
  >
>;

/** What can be seen to be wrong before it is sent. */
export function wrongIn(typed: Typed): Wrong {
  const grace = Number(typed.grace_days.trim() || '0');
  const until = typed.when === 'until';
  return {
    ...(typed.when !== 'unknown' && typed.on_date === '' && { on_date: 'missing.on_date' }),
    ...(until && typed.off_date === '' && { off_date: 'missing.off_date' }),
    ...(until &&
      !(Number.isInteger(grace) && grace >= 0 && grace <= MOST_GRACE_DAYS) && {
        grace_days: 'wrong.grace_days',
      }),
    ...([...typed.note.trim()].length > LONGEST_NOTE && { note: 'wrong.note' }),
  };
}
