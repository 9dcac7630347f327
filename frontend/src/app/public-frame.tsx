import type { ReactNode } from 'react';
import { Brand } from './brand';
import { HelpFooter } from './help-footer';
import { LanguageSwitch } from './language-switch';
import { SkipLink } from './skip-link';

/** The frame around pages that need no sign-in. */
export function PublicFrame({ children }: { children: ReactNode }) {
  return (
    <div className="p-frame">
      <SkipLink />
      <header className="p-header">
        <div className="p-header__top p-wrap">
          <Brand />
          <LanguageSwitch />
        </div>
      </header>
      <main id="main" className="p-main p-wrap" tabIndex={-1}>
        {children}
      </main>
      <HelpFooter reader={null} />
    </div>
  );
}
