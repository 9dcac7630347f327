import {
  keepPreviousData,
  useInfiniteQuery,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { showAnswer } from '../../app/query';
import { getDepartments, getStaff, getStaffAccount, getStaffHistory } from './calls';
import type { Filters } from './calls';
import type { StaffAccount } from './types';

export const useStaff = (search: string, filters: Filters, cursor: string | null) =>
  useQuery({
    queryKey: ['staff', 'list', search, filters, cursor],
    queryFn: ({ signal }) => getStaff(search, filters, cursor, signal),
    placeholderData: keepPreviousData,
  });

export const useStaffAccount = (id: string) =>
  useQuery({
    queryKey: ['staff', 'account', id],
    queryFn: ({ signal }) => getStaffAccount(id, signal),
  });

export const useStaffHistory = (id: string) =>
  useInfiniteQuery({
    queryKey: ['staff', 'history', id],
    queryFn: ({ pageParam, signal }) => getStaffHistory(id, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });

export const useDepartments = () =>
  useQuery({ queryKey: ['departments'], queryFn: ({ signal }) => getDepartments(signal) });

/** To be told of what a change answered; the rest is read anew when it is shown next. */
export function useStaffChanged() {
  const client = useQueryClient();
  return (account?: StaffAccount) => {
    if (account) showAnswer(client, ['staff', 'account', account.id], account);
    if (account) void client.invalidateQueries({ queryKey: ['staff', 'history', account.id] });
    void client.invalidateQueries({ queryKey: ['staff', 'list'] });
  };
}
