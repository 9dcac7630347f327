import { describe, expect, it } from 'vitest';
import { EVERYBODY, filtersOf, isNarrowed, listPath, sortedBy } from './filters';

describe('the filters of the list (ACC-3)', () => {
  it('come back out of the address they were put into', () => {
    const filters = {
      status: 'verification_pending',
      role: 'general_user',
      access_level: 'claims',
      attention: true,
      sort: 'email',
      order: 'desc',
    } as const;
    const path = listPath(filters);
    expect(filtersOf(path.slice('/users?'.length))).toEqual(filters);
    expect(listPath(EVERYBODY)).toBe('/users');
    expect(filtersOf('')).toEqual(EVERYBODY);
  });

  it('take nothing unknown from an address', () => {
    expect(filtersOf('status=%3Cscript%3E&role=boss&sort=phone&order=up&search=lee')).toEqual(
      EVERYBODY,
    );
  });

  it('are told apart from an order', () => {
    expect(isNarrowed({ ...EVERYBODY, sort: 'name', order: 'desc' })).toBe(false);
    expect(isNarrowed({ ...EVERYBODY, attention: true })).toBe(true);
  });

  it('sort both ways by the same heading', () => {
    const byName = sortedBy(EVERYBODY, 'name');
    expect(byName).toMatchObject({ sort: 'name', order: 'asc' });
    expect(sortedBy(byName, 'name')).toMatchObject({ sort: 'name', order: 'desc' });
    expect(sortedBy(sortedBy(byName, 'name'), 'name').order).toBe('asc');
    expect(sortedBy(sortedBy(byName, 'name'), 'email')).toMatchObject({
      sort: 'email',
      order: 'asc',
    });
  });
});
