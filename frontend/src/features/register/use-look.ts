import { useEffect, useRef, useState } from 'react';
import { problemOf } from '../../api/client';
import type { Problem } from '../../api/types';
import { isGone } from './link-problems';

export type Looked<View> =
  | { step: 'looking' | 'gone' }
  | { step: 'failed'; problem: Problem }
  | { step: 'found'; view: View };

/** What a link is for; looking spends nothing (CRD-6). */
export function useLook<View>(look: () => Promise<View>) {
  const [looked, setLooked] = useState<Looked<View>>({ step: 'looking' });
  const [tries, setTries] = useState(0);
  const asked = useRef(look);
  useEffect(() => {
    let wanted = true;
    asked
      .current()
      .then((view) => wanted && setLooked({ step: 'found', view }))
      .catch((error: unknown) => {
        const problem = problemOf(error);
        if (wanted) setLooked(isGone(problem) ? { step: 'gone' } : { step: 'failed', problem });
      });
    return () => {
      wanted = false;
    };
  }, [tries]);
  return {
    looked,
    again: () => setTries((before) => before + 1),
    found: (view: View) => setLooked({ step: 'found', view }),
    gone: () => setLooked({ step: 'gone' }),
  };
}
