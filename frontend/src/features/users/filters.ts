import { LEVELS, ROLES, STATUSES } from './types';
import type { Level, Role, Status } from './types';

export const SORTS = ['status', 'name', 'email', 'role'] as const;
export type Sort = (typeof SORTS)[number];
export type Order = 'asc' | 'desc';

/** Which members are listed and in which order (ACC-3). The search text is not part of it: it never goes into a URL. */
export interface Filters {
  status: Status | '';
  role: Role | '';
  access_level: Level | '';
  attention: boolean;
  sort: Sort;
  order: Order;
}

/** Without an order asked for, those whose verification waits come first. */
export const EVERYBODY: Filters = {
  status: '',
  role: '',
  access_level: '',
  attention: false,
  sort: 'status',
  order: 'asc',
};

const one = <Value extends string>(values: readonly Value[], text: string | null) =>
  values.find((value) => value === text);

/** Reads the filters of an address, which anybody may have written: what is unknown counts as not given. */
export function filtersOf(query: string): Filters {
  const given = new URLSearchParams(query);
  return {
    status: one(STATUSES, given.get('status')) ?? '',
    role: one(ROLES, given.get('role')) ?? '',
    access_level: one(LEVELS, given.get('access_level')) ?? '',
    attention: given.get('attention') === 'true',
    sort: one(SORTS, given.get('sort')) ?? EVERYBODY.sort,
    order: given.get('order') === 'desc' ? 'desc' : 'asc',
  };
}

/** The address of the list with these filters; a plain list has a plain address. */
export function listPath(filters: Filters): string {
  const given = new URLSearchParams();
  for (const name of ['status', 'role', 'access_level', 'sort', 'order'] as const) {
    if (filters[name] !== EVERYBODY[name]) given.set(name, filters[name]);
  }
  if (filters.attention) given.set('attention', 'true');
  const query = given.toString();
  return query ? `/users?${query}` : '/users';
}

export function isNarrowed(filters: Filters): boolean {
  return Boolean(filters.status || filters.role || filters.access_level || filters.attention);
}

/** A heading sorts by its column; a second time the other way round. */
export function sortedBy(filters: Filters, sort: Sort): Filters {
  const again = filters.sort === sort && filters.order === 'asc';
  return { ...filters, sort, order: again ? 'desc' : 'asc' };
}
