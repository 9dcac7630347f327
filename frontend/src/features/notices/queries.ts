import { useQuery, useQueryClient } from '@tanstack/react-query';
import { showAnswer } from '../../app/query';
import { getNotices } from './calls';
import type { Notices } from './types';

const NOTICES = ['notices'];

export const useNotices = () =>
  useQuery({ queryKey: NOTICES, queryFn: ({ signal }) => getNotices(signal) });

/** To be told of what a change answered; without an answer the preferences are read anew. */
export function useNoticesChanged() {
  const client = useQueryClient();
  return (after?: Notices) => {
    if (after) showAnswer(client, NOTICES, after);
    else void client.invalidateQueries({ queryKey: NOTICES });
  };
}
