import type { TextKey } from '../../texts';
import type { Work } from './calls';

type State = Work['state'];

const OPEN: readonly State[] = ['announced', 'waiting', 'running'];
const REASONS: Readonly<Record<string, TextKey>> = {
  by_owner: 'work.reason.by_owner',
  access_ended: 'work.reason.access_ended',
  input_missing: 'work.reason.input_missing',
  input_changed: 'work.reason.input_changed',
  no_progress: 'work.reason.no_progress',
  failed_repeatedly: 'work.reason.failed_repeatedly',
  nothing_left: 'work.reason.nothing_left',
  withdrawn: 'work.reason.withdrawn',
};

/** What the work is called, by its kind. A feature adds its kinds here, and their texts to `work.*.json`. */
const TITLES: Readonly<Record<string, TextKey>> = {
  members_export: 'work.kind.export',
  members_check: 'work.kind.check',
  members_import: 'work.kind.import',
  dispatch: 'work.kind.dispatch',
  broadcast: 'work.kind.broadcast',
  thread_export: 'work.kind.thread_export',
  recall: 'work.kind.recall',
  reviews_export: 'work.kind.reviews_export',
  review_call: 'work.kind.review_call',
  organizations_check: 'work.kind.organizations_check',
  organizations_import: 'work.kind.organizations_import',
  organization_closing: 'work.kind.organization_closing',
  nomination_print: 'work.kind.nomination_print',
};

export const titleOf = (kind: string): TextKey => TITLES[kind] ?? 'work.kind.any';

/** May it still come further? Only then is it worth asking again. */
export const isOpen = (work: Work) => OPEN.includes(work.state);

export function hasResult(work: Work, now: Date): boolean {
  return work.result_until !== null && new Date(work.result_until) > now;
}

/** How it stands; the text may name the time until when its file is kept. */
export function stateOf(work: Work, now: Date): TextKey {
  if (work.state !== 'finished' || work.result_until === null) return `work.state.${work.state}`;
  return hasResult(work, now) ? 'work.state.ready' : 'work.state.gone';
}

/** Why it ended early, and what to do next. */
export function reasonOf(work: Work): TextKey | null {
  if (work.state !== 'stopped' && work.state !== 'failed') return null;
  return REASONS[work.reason ?? ''] ?? 'work.reason.unknown';
}

/** How far it is in quarters, in percent: a screen reader hears of each, not of every row. */
export function spokenPercent({ done, total }: Work): number {
  if (!total) return 0;
  return Math.floor((Math.min(done, total) / total) * 4) * 25;
}
