import { useQuery } from '@tanstack/react-query';
import { getAttention } from '../../api/calls';

/** What needs one's attention: read anew wherever it is shown, as much of it ends elsewhere. */
export const useAttention = () =>
  useQuery({
    queryKey: ['attention'],
    queryFn: ({ signal }) => getAttention(signal),
    refetchOnMount: 'always',
  });
