import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getStandings } from './calls';
import type { ListedLack } from './types';

export const useStandings = (lacks: ListedLack | '', cursor: string | null) =>
  useQuery({
    queryKey: ['onboarding', lacks, cursor],
    queryFn: ({ signal }) => getStandings(lacks, cursor, signal),
    placeholderData: keepPreviousData,
  });
