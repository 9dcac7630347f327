import { beforeEach, describe, expect, it } from 'vitest';
import { queryClient } from './query';
import { entryOf, placeOf } from './searches';

describe('the search of a list', () => {
  beforeEach(() => queryClient.clear());

  it('is kept in memory, and no history entry holds its text', () => {
    const entry = entryOf({ search: 'Müller', stack: ['c1'] });
    expect(JSON.stringify(entry)).not.toContain('ller');
    expect(placeOf(entry)).toEqual({ search: 'Müller', stack: ['c1'] });
    expect(entryOf({ search: 'Müller', stack: [] })).toEqual({ stack: [], search: 0 });
    expect(entryOf({ search: '李', stack: [] })).toEqual({ stack: [], search: 1 });
  });

  it('is gone after signing out, and its pages with it', () => {
    const entry = entryOf({ search: 'Lee', stack: ['c1'] });
    queryClient.removeQueries();
    expect(placeOf(entry)).toEqual({ search: '', stack: [] });
  });

  it('starts at the first page for what is no entry of ours', () => {
    expect(placeOf(null)).toEqual({ search: '', stack: [] });
    expect(placeOf({ search: 'x', stack: ['c'] })).toEqual({ search: '', stack: [] });
    expect(placeOf({ stack: ['c'] })).toEqual({ search: '', stack: ['c'] });
  });
});
