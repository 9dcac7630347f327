import { useState } from 'react';
import { giveUpStage } from '../../app/session-store';
import { useTexts } from '../../texts/context';

/** Back to the sign-in page, for example because somebody else was meant. */
export function GiveUp() {
  const { t } = useTexts();
  const [busy, setBusy] = useState(false);
  return (
    <p className="p-gap-top">
      <button
        type="button"
        className="p-link-button p-give-up"
        aria-disabled={busy}
        onClick={() => {
          setBusy(true);
          void giveUpStage();
        }}
      >
        {t('stage.giveUp')}
      </button>
    </p>
  );
}
