import { useLayoutEffect, useRef, useState } from 'react';

/** A button that shows something below it, until Escape is pressed, or the focus or a click goes elsewhere. */
export function useDisclosure<Around extends HTMLElement>() {
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const around = useRef<Around>(null);
  // At once, not when the page has been painted: a key that follows fast would be lost.
  useLayoutEffect(() => {
    if (!open) return undefined;
    const close = (event: Event) => {
      if (event instanceof KeyboardEvent) {
        if (event.key !== 'Escape') return;
        button.current?.focus();
      } else if (around.current?.contains(event.target as Node)) return;
      setOpen(false);
    };
    const events = ['keydown', 'pointerdown', 'focusin'] as const;
    for (const name of events) document.addEventListener(name, close);
    return () => {
      for (const name of events) document.removeEventListener(name, close);
    };
  }, [open]);
  return { open, setOpen, button, around };
}
