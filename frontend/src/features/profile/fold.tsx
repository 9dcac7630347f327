import { Button } from '@cmsgov/design-system';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { focusSection } from './section';
import type { SectionName } from './section';

interface Props {
  section: SectionName;
  /** On the button that opens it. */
  label: string;
  children: (close: () => void) => ReactNode;
}

/** A form that is there once one asks for it, so that the page stays short. */
export function Fold({ section, label, children }: Props) {
  const [open, setOpen] = useState(false);
  if (open) {
    return children(() => {
      setOpen(false);
      focusSection(section);
    });
  }
  return (
    <Button className="p-gap-top" onClick={() => setOpen(true)}>
      {label}
    </Button>
  );
}
