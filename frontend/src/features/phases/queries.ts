import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { getExceptions, getOrganizationChoices, getPhases, getWaveChoices } from './calls';
import type { Exceptional } from './types';

const KEY = 'phases';

export const usePhases = (scope: string, enabled = true) =>
  useQuery({
    queryKey: [KEY, 'scope', scope],
    queryFn: ({ signal }) => getPhases(scope, signal),
    refetchOnMount: 'always',
    enabled,
  });

export const useExceptions = (scope: Exceptional, cursor: string | null) =>
  useQuery({
    queryKey: [KEY, 'exceptions', scope, cursor],
    queryFn: ({ signal }) => getExceptions(scope, cursor, signal),
    refetchOnMount: 'always',
    placeholderData: keepPreviousData,
  });

export const useOrganizationChoices = (search: string, cursor: string | null) =>
  useQuery({
    queryKey: [KEY, 'organizations', search, cursor],
    queryFn: ({ signal }) => getOrganizationChoices(search, cursor, signal),
    placeholderData: keepPreviousData,
  });

export const useWaveChoices = (cursor: string | null) =>
  useQuery({
    queryKey: [KEY, 'waves', cursor],
    queryFn: ({ signal }) => getWaveChoices(cursor, signal),
    placeholderData: keepPreviousData,
  });

/** To be told after every change of a phase. */
export function usePhasesChanged() {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: [KEY] });
}
