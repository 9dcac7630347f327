import { useRef } from 'react';

/** A key per content: the same while it is retried, a new one as soon as anything in it changed (PLT-3). */
export function useAttempts() {
  const last = useRef<{ content: string; key: string } | null>(null);
  return {
    keyFor: (body: unknown) => {
      const content = JSON.stringify(body);
      if (last.current?.content !== content) last.current = { content, key: crypto.randomUUID() };
      return last.current.key;
    },
    /** The next try is a new one, even with the same content. */
    forget: () => {
      last.current = null;
    },
  };
}
