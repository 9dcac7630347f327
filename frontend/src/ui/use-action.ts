import { useState } from 'react';
import { problemOf } from '../api/client';
import type { Problem } from '../api/types';

/** What a button does: once at a time; what went wrong is there until the next try. */
export function useAction() {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const act = async (action: () => Promise<unknown>) => {
    if (busy) return;
    setBusy(true);
    setProblem(null);
    try {
      await action();
    } catch (error) {
      setProblem(problemOf(error));
    } finally {
      setBusy(false);
    }
  };
  return { busy, problem, act, forget: () => setProblem(null) };
}
