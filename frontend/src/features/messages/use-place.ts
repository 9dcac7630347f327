import { useEffect, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { useHistoryState } from 'wouter/use-browser-location';
import type { BoxName } from '../../api/types';
import { useDebounced } from '../../ui/use-debounced';
import { FIRST_PAGE } from './cursor-stack';
import { boxPath } from './paths';
import { entryOf, placeOf } from './place';
import type { Place } from './place';

const TYPING_PAUSE_MS = 300;

/** Where in a box one is, with the search as it is being typed. */
export function usePlace(mailboxId: string, box: BoxName) {
  const [, navigate] = useLocation();
  const place = placeOf(useHistoryState());
  const [typed, setTyped] = useState(place.search);
  const settled = useDebounced(typed, TYPING_PAUSE_MS).trim();
  const go = (part: Partial<Place>, replace = false) =>
    navigate(boxPath(mailboxId, box), { state: entryOf({ ...place, ...part }), replace });
  const search = (text: string) => {
    asked.current = text;
    go({ search: text, stack: FIRST_PAGE }, true);
  };

  // The search that this page asked for last; any other one came by Back or Forward.
  const asked = useRef(place.search);

  useEffect(() => {
    if (settled !== asked.current) search(settled);
    // Only what is typed searches; orders and pages keep the search that they have.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [settled]);
  useEffect(() => {
    if (place.search === asked.current) return;
    asked.current = place.search;
    setTyped(place.search);
  }, [place.search]);
  const clear = () => {
    setTyped('');
    search('');
  };
  return { place, go, typed, setTyped, clear };
}
