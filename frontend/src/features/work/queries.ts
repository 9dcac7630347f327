import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { showAnswer } from '../../app/query';
import { clickLink } from '../attachments/download';
import { getResult, getWork, getWorks, postStop } from './calls';
import type { Work } from './calls';
import { isOpen } from './progress';

const POLL_MS = 2_000;

const keyOf = (id: string) => ['work', 'one', id];

/** How far a work is, asked every two seconds while it may come further. */
export function useWork(id: string, known?: Work) {
  return useQuery({
    queryKey: keyOf(id),
    queryFn: ({ signal }) => getWork(id, signal),
    ...(known ? { initialData: known } : {}),
    staleTime: POLL_MS,
    refetchInterval: (query) => (query.state.data && !isOpen(query.state.data) ? false : POLL_MS),
  });
}

export function useWorks(cursor: string | null) {
  return useQuery({
    queryKey: ['work', 'list', cursor],
    queryFn: ({ signal }) => getWorks(cursor, signal),
  });
}

export function useStop(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => postStop(id),
    onSuccess: (work) => showAnswer(client, keyOf(id), work),
  });
}

export function useDownload(id: string) {
  return useMutation({ mutationFn: async () => clickLink((await getResult(id)).url) });
}
