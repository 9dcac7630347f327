import { useEffect, useState } from 'react';

export interface Selection {
  /** Those of the rows shown that are selected, in their order. */
  ids: string[];
  has: (id: string) => boolean;
  toggle: (id: string) => void;
  /** All rows shown, or none of them when all are. */
  toggleAll: () => void;
  all: boolean;
  clear: () => void;
}

/** Which of the rows shown are selected; what is not shown any more is not. */
export function useSelection(shown: readonly string[]): Selection {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const ids = shown.filter((id) => chosen.has(id));
  // Those of another page or search don't come back selected.
  const listed = shown.join(' ');
  useEffect(() => setChosen((before) => new Set(shown.filter((id) => before.has(id)))), [listed]); // eslint-disable-line react-hooks/exhaustive-deps
  const all = shown.length > 0 && ids.length === shown.length;
  return {
    ids,
    has: (id) => chosen.has(id),
    toggle: (id) => {
      const next = new Set(ids);
      if (!next.delete(id)) next.add(id);
      setChosen(next);
    },
    toggleAll: () => setChosen(new Set(all ? [] : shown)),
    all,
    clear: () => setChosen(new Set()),
  };
}
