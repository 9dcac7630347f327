import { QueryClient } from '@tanstack/react-query';
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
