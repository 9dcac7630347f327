import { describe, expect, it } from 'vitest';
import en from '../../texts/work.en.json';
import type { Work } from './calls';
import { hasResult, isOpen, reasonOf, spokenPercent, stateOf, titleOf } from './progress';

const NOW = new Date('2026-03-02T15:00:00Z');

const work = (changes: Partial<Work> = {}): Work => ({
  id: 'wrk_1',
  kind: 'sample',
  state: 'running',
  done: 0,
  total: null,
  problems: 0,
  reason: null,
  created_at: '2026-03-02T14:00:00Z',
  updated_at: '2026-03-02T14:30:00Z',
  result_name: '',
  result_until: null,
  must_finish: false,
  ...changes,
});

describe('how a long work stands', () => {
  it('is asked for again only while it may come further', () => {
    for (const state of ['announced', 'waiting', 'running'] as const) {
      expect(isOpen(work({ state })), state).toBe(true);
    }
    for (const state of ['finished', 'stopped', 'failed'] as const) {
      expect(isOpen(work({ state })), state).toBe(false);
    }
  });

  it('says when there is a file, and when there no longer is', () => {
    const until = (result_until: string) => work({ state: 'finished', result_until });
    expect(stateOf(work({ state: 'finished' }), NOW)).toBe('work.state.finished');
    expect(stateOf(until('2026-03-02T15:00:01Z'), NOW)).toBe('work.state.ready');
    expect(stateOf(until('2026-03-02T15:00:00Z'), NOW)).toBe('work.state.gone');
    expect(hasResult(until('2026-03-02T15:00:00Z'), NOW)).toBe(false);
  });

  it('tells why it ended early, in words for every reason', () => {
    expect(reasonOf(work())).toBeNull();
    expect(reasonOf(work({ state: 'stopped', reason: 'by_owner' }))).toBe('work.reason.by_owner');
    expect(reasonOf(work({ state: 'failed', reason: 'never heard of' }))).toBe(
      'work.reason.unknown',
    );
    for (const key of Object.keys(en).filter((name) => name.startsWith('work.reason.'))) {
      const reason = key.replace('work.reason.', '');
      expect(reasonOf(work({ state: 'failed', reason })), reason).toBe(key);
    }
  });

  it('is spoken in quarters', () => {
    const percents = [0, 24, 25, 99, 100, 130].map((done) =>
      spokenPercent(work({ done, total: 100 })),
    );
    expect(percents).toEqual([0, 0, 25, 75, 100, 100]);
    expect(spokenPercent(work({ done: 5 }))).toBe(0);
    expect(spokenPercent(work({ done: 0, total: 0 }))).toBe(0);
  });

  it('has a name whatever its kind', () => {
    expect(titleOf('not known here')).toBe('work.kind.any');
    expect(titleOf('members_import')).toBe('work.kind.import');
  });
});
