import { useQuery } from '@tanstack/react-query';
import { getPlan } from '../api/calls';
import { useTexts } from '../texts/context';

export function usePlan() {
  const { language } = useTexts();
  return useQuery({
    queryKey: ['plan', language],
    queryFn: ({ signal }) => getPlan(signal),
    staleTime: 60 * 60 * 1000,
  }).data;
}
