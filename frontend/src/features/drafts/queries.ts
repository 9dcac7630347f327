import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getDraft, getDrafts } from './calls';
import { forget } from './keeping';

export function useDrafts(mailbox: string, cursor: string | null) {
  return useQuery({
    queryKey: ['drafts', mailbox, cursor],
    queryFn: ({ signal }) => getDrafts(mailbox, cursor, signal),
    // Another device may have kept one since.
    refetchOnMount: 'always',
  });
}

/** A draft as it is kept now; never an earlier answer, which would bring back what was changed since. */
export function useKeptDraft(mailbox: string, draft: string | null) {
  return useQuery({
    queryKey: ['draft', mailbox, draft],
    queryFn: ({ signal }) => getDraft(mailbox, draft ?? '', signal),
    enabled: draft !== null,
    gcTime: 0,
    staleTime: Infinity,
  });
}

export function useDiscard(mailbox: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (draft: string) => forget(mailbox, draft),
    onSuccess: () => client.invalidateQueries({ queryKey: ['drafts', mailbox] }),
  });
}
