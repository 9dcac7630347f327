import { useQuery } from '@tanstack/react-query';
import { getFeatures } from './calls';

export const useFeatures = () =>
  useQuery({ queryKey: ['features'], queryFn: ({ signal }) => getFeatures(signal) });
