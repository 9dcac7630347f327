import { useState } from 'react';
import { problemOf, waitOf } from '../../api/client';
import type { Problem } from '../../api/types';
import { useTexts } from '../../texts/context';
import { NOTHING_WRONG, outcomeOf } from '../../ui/form-summary';
import type { Outcome } from '../../ui/form-summary';
import { waitInWords } from '../../ui/wait';

interface Form {
  names: readonly string[];
  /** Text by the name of each field that is wrong before anything is sent. */
  wrong: () => Readonly<Record<string, string>>;
  send: () => Promise<unknown>;
  onDone: () => void;
  /** A problem that is not about the form; true when it was dealt with. */
  onProblem?: (problem: Problem) => boolean;
}

/** One form that is sent once at a time; what is wrong with it shows at its fields. */
export function useForm({ names, wrong, send, onDone, onProblem }: Form) {
  const { t, language } = useTexts();
  const [busy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<Outcome>(NOTHING_WRONG);
  const submit = async () => {
    if (busy) return;
    const attempt = outcome.attempt + 1;
    const fields = wrong();
    setOutcome({ fields, details: [], attempt });
    if (Object.keys(fields).length > 0) return;
    setBusy(true);
    try {
      await send();
      onDone();
    } catch (error) {
      const problem = problemOf(error);
      if (onProblem?.(problem)) return;
      const told = outcomeOf(problem, names, attempt);
      const seconds = waitOf(error);
      const wait =
        seconds === null ? [] : [t('app.retryIn', { wait: waitInWords(language, seconds) })];
      setOutcome({ ...told, details: [...told.details, ...wait] });
    } finally {
      setBusy(false);
    }
  };
  return { busy, outcome, submit: () => void submit() };
}
