import { useQuery } from '@tanstack/react-query';
import { getAttention } from '../../api/calls';
import { getFeatures } from './calls';

export const useFeatures = () =>
  useQuery({ queryKey: ['features'], queryFn: ({ signal }) => getFeatures(signal) });

export const useAttention = () =>
  useQuery({ queryKey: ['attention'], queryFn: ({ signal }) => getAttention(signal) });
