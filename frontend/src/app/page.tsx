import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { useTexts } from '../texts/context';
import { announce } from './announcer';

interface Props {
  title: string;
  /** Shown as the heading when it differs from the document's title. */
  heading?: ReactNode;
  /** Beside the heading, for example the main button of the page. */
  aside?: ReactNode;
  className?: string;
  children: ReactNode;
}

// When the portal is first opened the browser's own start of page is right; later pages move the focus.
let first = true;

/** Every page: document title, one h1 that receives the focus when the page opens (WCAG 2.4.2, 2.4.3). */
export function Page({ title, heading, aside, className, children }: Props) {
  const { t } = useTexts();
  const headingRef = useRef<HTMLHeadingElement>(null);
  const full = `${title} - ${t('app.name')}`;

  useEffect(() => {
    document.title = full;
  }, [full]);

  useEffect(() => {
    if (first) {
      first = false;
      return;
    }
    window.scrollTo(0, 0);
    // Unless the page opens with something that has to be read first and took the focus already.
    const page = headingRef.current?.closest('.p-page');
    if (!page?.contains(document.activeElement)) headingRef.current?.focus();
    announce(t('app.pageLoaded', { title }));
    // Only when the page opens; a changed title or language is not a new page.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);

  return (
    <div className={`p-page ${className ?? ''}`}>
      <div className="p-page__head">
        <h1 className="ds-text-heading--2xl p-page__title" tabIndex={-1} ref={headingRef}>
          {heading ?? title}
        </h1>
        {aside}
      </div>
      {children}
    </div>
  );
}
