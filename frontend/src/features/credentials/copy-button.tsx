import { Button } from '@cmsgov/design-system';
import { useState } from 'react';
import { useTexts } from '../../texts/context';

/** Puts a text on the clipboard and says whether it is there. */
export function CopyButton({ text, label }: { text: string; label: string }) {
  const { t } = useTexts();
  const [outcome, setOutcome] = useState<'copied' | 'failed' | null>(null);
  const copy = async () => {
    setOutcome(null);
    try {
      await navigator.clipboard.writeText(text);
      setOutcome('copied');
    } catch {
      setOutcome('failed');
    }
  };
  return (
    <>
      <Button type="button" size="small" onClick={() => void copy()}>
        {label}
      </Button>
      <span role="status" className="p-copied">
        {outcome && t(outcome === 'copied' ? 'codes.copied' : 'codes.notCopied')}
      </span>
    </>
  );
}
