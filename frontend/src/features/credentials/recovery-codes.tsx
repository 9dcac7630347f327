import '../../styles/credentials.css';
import '../../texts/credentials';
import { Button, Choice } from '@cmsgov/design-system';
import { useEffect, useRef, useState } from 'react';
import { quietly } from '../../app/leave-guard';
import { useTexts } from '../../texts/context';
import { CopyButton } from './copy-button';

function save(text: string, name: string) {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/plain;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  quietly(() => link.click());
  URL.revokeObjectURL(address);
}

interface Props {
  codes: readonly string[];
  /** The person says that they have them; they are never shown again. */
  onKept: () => void;
}

/** The ten codes for the day the authenticator app is lost, shown this once (CRD-9, S-AUTH-14). */
export function RecoveryCodes({ codes, onKept }: Props) {
  const { t } = useTexts();
  const [kept, setKept] = useState(false);
  const [missing, setMissing] = useState(false);
  const box = useRef<HTMLInputElement>(null);
  const text = `${t('codes.text')}\r\n\r\n${codes.join('\r\n')}\r\n`;
  useEffect(() => {
    // They can't be shown a second time.
    const ask = (event: Event) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, []);
  const goOn = () => {
    if (kept) return onKept();
    setMissing(true);
    box.current?.focus();
  };
  return (
    <div className="p-card">
      <p className="p-flat">{t('codes.lead')}</p>
      <ul className="p-codes" aria-label={t('codes.list')}>
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <div className="p-actions p-no-print">
        <CopyButton text={text} label={t('codes.copy')} />
        <Button type="button" size="small" onClick={() => save(text, t('codes.file'))}>
          {t('codes.download')}
        </Button>
        <Button type="button" size="small" onClick={() => window.print()}>
          {t('codes.print')}
        </Button>
      </div>
      <div className="p-no-print">
        <Choice
          type="checkbox"
          name="kept"
          value="kept"
          label={t('codes.kept')}
          checked={kept}
          errorMessage={missing && !kept ? t('codes.keepFirst') : undefined}
          inputRef={(element) => (box.current = element)}
          onChange={(event) => setKept(event.target.checked)}
        />
        <Button type="button" variation="solid" className="p-gap-top" onClick={goOn}>
          {t('codes.goOn')}
        </Button>
      </div>
    </div>
  );
}
