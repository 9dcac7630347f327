import { Alert, Button } from '@cmsgov/design-system';
import type { ReactNode } from 'react';
import { Store, useStore } from '../../app/store';
import { useTexts } from '../../texts/context';
import type { TextKey } from '../../texts';

/** The parts of the page, each with a save of its own. */
export type SectionName =
  | 'details'
  | 'email'
  | 'notices'
  | 'password'
  | 'questions'
  | 'factor'
  | 'sessions'
  | 'channels'
  | 'address';

const headingId = (name: SectionName) => `profile-${name}`;

/** What had the focus is gone from the section, so its heading takes it. */
export function focusSection(name: SectionName) {
  // After the section has been drawn anew.
  window.setTimeout(() => document.getElementById(headingId(name))?.focus(), 0);
}

const done = new Store<{ name: SectionName; message: string } | null>(null);

/** Says what was done, in the section itself: the page is long. */
export function tellDone(name: SectionName, message: string) {
  done.set({ name, message });
  focusSection(name);
}

/** Nothing was done yet on a page that opens. */
export const forgetDone = () => done.set(null);

export function Section({ name, children }: { name: SectionName; children: ReactNode }) {
  const { t } = useTexts();
  const told = useStore(done);
  return (
    <section className="p-card p-profile__section" aria-labelledby={headingId(name)}>
      <h2 id={headingId(name)} className="ds-text-heading--lg p-flat" tabIndex={-1}>
        {t(`profile.${name}`)}
      </h2>
      {/* The region is always there, so that screen readers hear what appears in it. */}
      <div role="status">
        {told?.name === name && (
          <Alert variation="success" role="region" weight="lightweight">
            <p className="p-flat">{told.message}</p>
          </Alert>
        )}
      </div>
      {children}
    </section>
  );
}

interface BarProps {
  submit: TextKey;
  busy: boolean;
  onCancel?: () => void;
}

/** The buttons at the end of a section's form. */
export function FormBar({ submit, busy, onCancel }: BarProps) {
  const { t } = useTexts();
  return (
    <div className="p-actions p-profile__bar">
      <Button type="submit" variation="solid" aria-disabled={busy}>
        {t(busy ? 'profile.busy' : submit)}
      </Button>
      {onCancel && (
        <Button variation="ghost" onClick={onCancel}>
          {t('profile.cancel')}
        </Button>
      )}
    </div>
  );
}
