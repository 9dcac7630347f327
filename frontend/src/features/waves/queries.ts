import {
  keepPreviousData,
  useInfiniteQuery,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { showAnswer } from '../../app/query';
import type { ListedLack } from '../enrollment/types';
import { getWave, getWaveOrganizations, getWaves } from './calls';
import type { Wave } from './types';

const KEY = 'waves';

export const waveKey = (id: string) => [KEY, 'one', id];

export const useWaves = (cursor: string | null) =>
  useQuery({
    queryKey: [KEY, 'list', cursor],
    queryFn: ({ signal }) => getWaves(cursor, signal),
    placeholderData: keepPreviousData,
  });

/** Page after page, for who chooses one. */
export const useWavesToChoose = () =>
  useInfiniteQuery({
    queryKey: [KEY, 'to choose'],
    queryFn: ({ pageParam, signal }) => getWaves(pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });

export const useWave = (id: string) =>
  useQuery({ queryKey: waveKey(id), queryFn: ({ signal }) => getWave(id, signal) });

export const useWaveOrganizations = (id: string, lacks: ListedLack | '', cursor: string | null) =>
  useQuery({
    queryKey: [KEY, 'organizations', id, lacks, cursor],
    queryFn: ({ signal }) => getWaveOrganizations(id, lacks, cursor, signal),
    placeholderData: keepPreviousData,
  });

/** To be told of what a change answered; everything else about waves is read anew. */
export function useWavesChanged() {
  const client = useQueryClient();
  return async (wave?: Wave) => {
    if (wave) showAnswer(client, waveKey(wave.id), wave);
    void client.invalidateQueries({ queryKey: ['organizations'] });
    await client.invalidateQueries({
      queryKey: [KEY],
      predicate: ({ queryKey }) => !wave || queryKey[1] !== 'one',
    });
  };
}
