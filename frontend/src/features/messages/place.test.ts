import { beforeEach, describe, expect, it } from 'vitest';
import { queryClient } from '../../app/query';
import { entryOf, isStart, placeOf, START } from './place';
import type { Place } from './place';

describe('the place in a box', () => {
  beforeEach(() => queryClient.clear());

  it('is found again, and nothing typed is in the history', () => {
    const place: Place = {
      order: { sort: 'party', descending: false },
      search: 'Müller',
      stack: ['c1', 'c2'],
    };
    const entry = entryOf(place);
    expect(JSON.stringify(entry)).not.toContain('ller');
    expect(placeOf(structuredClone(entry))).toEqual(place);
    expect(isStart(place)).toBe(false);
  });

  it('is the start for a plain entry', () => {
    expect(entryOf(START)).toEqual({ stack: [] });
    for (const state of [null, {}, { stack: [] }]) expect(isStart(placeOf(state))).toBe(true);
  });
});
