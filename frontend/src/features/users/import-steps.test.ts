import { describe, expect, it } from 'vitest';
import { importable, importOf } from './import-steps';
import { work } from './samples';

describe('an import of users (ACC-2)', () => {
  it('goes on after a reload where it was', () => {
    expect(importOf({ check: 'wrk_1', run: 'wrk_2' })).toEqual({ check: 'wrk_1', run: 'wrk_2' });
    expect(importOf(null)).toEqual({ check: null, run: null });
    expect(importOf({ run: 'wrk_2' })).toEqual({ check: null, run: null });
    expect(importOf({ check: 7 })).toEqual({ check: null, run: null });
  });

  it('adds what the dry run found good, and nothing before it has finished', () => {
    expect(importable(work({ state: 'running', done: 10 }))).toBe(0);
    expect(importable(work({ state: 'stopped', done: 10 }))).toBe(0);
    expect(importable(work({ state: 'finished', total: 5000, done: 5000, problems: 50 }))).toBe(
      4950,
    );
    expect(importable(work({ state: 'finished', total: 0, problems: 1 }))).toBe(0);
  });
});
