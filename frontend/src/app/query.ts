import { QueryClient } from '@tanstack/react-query';
import type { QueryKey } from '@tanstack/react-query';
import { isTemporary } from '../api/client';

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      retry: (count, error) => count < 2 && isTemporary(error),
      // A refetch that nobody asked for would extend the session (CRD-8).
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
    },
    mutations: { retry: false },
  },
});

/**
 * Shows what a change answered. An answer still on its way was asked for before the change and would undo it on the
 * screen: it is no longer waited for.
 */
export function showAnswer(client: QueryClient, queryKey: QueryKey, answer: unknown) {
  void client.cancelQueries({ queryKey, exact: true });
  client.setQueryData(queryKey, answer);
}
