import { Store, useStore } from './store';

const text = new Store('');
let timer: number | undefined;

/** Tells screen readers something that the page shows by its look only. */
export function announce(message: string) {
  window.clearTimeout(timer);
  text.set(message);
  // Emptied again, so that it is not found by reading through the page.
  timer = window.setTimeout(() => text.set(''), 1500);
}

export function Announcer() {
  const message = useStore(text);
  return (
    <div className="ds-u-visibility--screen-reader" aria-live="polite">
      {message}
    </div>
  );
}

/** Where more is told of it. */
interface FlashLink {
  href: string;
  text: string;
}

interface Flash {
  message: string;
  link?: FlashLink;
  /** It is meant for the page that opens next, and has not been shown yet. */
  ahead: boolean;
}

const flashStore = new Store<Flash | null>(null);

/** A short result at the top of a page, for example "Message sent". It goes with the next change of page. */
export const flash = {
  here: (message: string, link?: FlashLink) =>
    flashStore.set({ message, ahead: false, ...(link && { link }) }),
  onNextPage: (message: string, link?: FlashLink) =>
    flashStore.set({ message, ahead: true, ...(link && { link }) }),
  clear: () => flashStore.set(null),
  pageChanged: () => {
    const current = flashStore.get();
    flashStore.set(current?.ahead ? { ...current, ahead: false } : null);
  },
};

export const useFlash = () => useStore(flashStore);
