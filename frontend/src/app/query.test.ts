import { QueryClient } from '@tanstack/react-query';
import { expect, test } from 'vitest';
import { showAnswer } from './query';

test('what a change answered is not undone by an answer that was asked for before it', async () => {
  const client = new QueryClient();
  const queryKey = ['member'];
  let arrive = () => {};
  const slow = new Promise<string>((resolve) => (arrive = () => resolve('active')));
  client.setQueryData(queryKey, 'active');
  const asked = client.fetchQuery({ queryKey, queryFn: () => slow });
  showAnswer(client, queryKey, 'removed');
  arrive();
  await asked;
  await slow;
  expect(client.getQueryData(queryKey)).toBe('removed');
});
