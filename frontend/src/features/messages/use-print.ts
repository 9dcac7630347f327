import { useEffect, useRef, useState } from 'react';
import { useSession } from '../../app/session-context';
import { postPrint } from './calls';

/** Pages of a conversation that a print takes at most: 1,000 messages. */
const MOST_PAGES = 40;

/** What of a conversation is there, and how to get more; as React Query has it. */
export interface Pages {
  count: number;
  /** Gets the next page; false when there is none after it. */
  next: (() => Promise<boolean>) | null;
}

/** Prints a conversation, all of it up to MOST_PAGES: every print leaves a record, and the paper says whose it is and when (MSG-5, MSG-10). */
export function usePrint(mailboxId: string, threadId: string, { count, next }: Pages) {
  const { name } = useSession().user;
  const [at, setAt] = useState(() => new Date().toISOString());
  const [loading, setLoading] = useState(false);
  const recorded = useRef(false);
  const left = useRef(false);
  useEffect(() => () => void (left.current = true), []);

  // Also what is printed by the browser's own menu.
  useEffect(() => {
    const before = () => {
      if (recorded.current) return;
      setAt(new Date().toISOString());
      postPrint(mailboxId, threadId).catch(() => undefined);
    };
    const after = () => {
      recorded.current = false;
    };
    window.addEventListener('beforeprint', before);
    window.addEventListener('afterprint', after);
    return () => {
      window.removeEventListener('beforeprint', before);
      window.removeEventListener('afterprint', after);
    };
  }, [mailboxId, threadId]);

  const loadAll = async () => {
    setLoading(true);
    try {
      let more = next !== null;
      for (let pages = count; more && pages < MOST_PAGES && !left.current; pages += 1) {
        more = next !== null && (await next());
      }
    } finally {
      setLoading(false);
    }
  };

  const print = async () => {
    await loadAll();
    if (left.current) return;
    await postPrint(mailboxId, threadId);
    recorded.current = true;
    setAt(new Date().toISOString());
    // After the page has been drawn with the time.
    window.setTimeout(() => left.current || window.print());
  };
  return { print, loading, name, at };
}
