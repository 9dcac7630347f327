import { describe, expect, it } from 'vitest';
import { bodyOf, typedOf, wrongIn } from './typed';
import type { Typed } from './typed';

const typed: Typed = {
  when: 'until',
  on_date: '2026-04-01',
  off_date: '2026-06-01',
  grace_days: '30',
  note: ' Until summer. ',
};

describe('ORG-8: a phase as it is typed', () => {
  it('keeps what shows, and nothing else', () => {
    expect(bodyOf(typed)).toEqual({
      on_date: '2026-04-01',
      off_date: '2026-06-01',
      grace_days: 30,
      note: 'Until summer.',
    });
    expect(bodyOf({ ...typed, when: 'from' })).toMatchObject({ off_date: null, grace_days: 0 });
    expect(bodyOf({ ...typed, when: 'unknown' })).toMatchObject({ on_date: null, off_date: null });
  });

  it('names every field that is wrong', () => {
    expect(wrongIn(typed)).toEqual({});
    const nothing = {
      ...typed,
      on_date: '',
      off_date: '',
      grace_days: '1.5',
      note: 'x'.repeat(501),
    };
    expect(Object.keys(wrongIn(nothing))).toEqual(['on_date', 'off_date', 'grace_days', 'note']);
    expect(wrongIn({ ...nothing, when: 'unknown', note: '' })).toEqual({});
  });

  it('begins with what is kept', () => {
    const own = { on_date: '2026-04-01', off_date: null, grace_days: 0, note: 'Soon' };
    expect(typedOf({ own } as Parameters<typeof typedOf>[0])).toMatchObject({
      when: 'from',
      note: 'Soon',
    });
    expect(typedOf({ own: null } as Parameters<typeof typedOf>[0]).when).toBe('unknown');
  });
});
