import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { showAnswer } from '../../app/query';
import { getCase, getCases } from './calls';
import type { Side } from './calls';
import type { ResetCase } from './types';

export const useCases = (side: Side, cursor: string | null) =>
  useQuery({
    queryKey: ['cases', side, 'list', cursor],
    queryFn: ({ signal }) => getCases(side, cursor, signal),
    placeholderData: keepPreviousData,
  });

export const useCase = (side: Side, id: string) =>
  useQuery({
    queryKey: ['cases', side, 'case', id],
    queryFn: ({ signal }) => getCase(side, id, signal),
  });

/** To be told of what a change answered; lists and what waits are read anew when they are shown next. */
export function useCaseChanged(side: Side) {
  const client = useQueryClient();
  return (after: ResetCase) => {
    showAnswer(client, ['cases', side, 'case', after.id], after);
    void client.invalidateQueries({ queryKey: ['cases', side, 'list'] });
    void client.invalidateQueries({ queryKey: ['attention'] });
  };
}
