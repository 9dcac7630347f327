import { useEffect, useRef, useState } from 'react';
import { useSession } from '../../app/session-context';
import { postPrint } from './calls';

/** Prints a conversation: every print leaves a record, and the paper says whose it is and when (MSG-5, MSG-10). */
export function usePrint(mailboxId: string, threadId: string) {
  const { name } = useSession().user;
  const [at, setAt] = useState(() => new Date().toISOString());
  const recorded = useRef(false);

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

  const print = async () => {
    await postPrint(mailboxId, threadId);
    recorded.current = true;
    setAt(new Date().toISOString());
    // After the page has been drawn with the time.
    window.setTimeout(() => window.print());
  };
  return { print, name, at };
}
