import { flash } from '../../app/announcer';
import { useTexts } from '../../texts/context';
import { withdrawCase } from './calls';
import { isLive } from './case-words';
import { FinalButton, focusFacts } from './final-dialog';
import { useCaseChanged } from './queries';
import type { ResetCase } from './types';

/** For a case that was opened by mistake, or whose caller found what was lost. */
export function Withdraw({ found }: { found: ResetCase }) {
  const { t } = useTexts();
  const changed = useCaseChanged('helpdesk');
  if (!isLive(found)) return null;
  return (
    <FinalButton
      label={t('helpdesk.withdraw')}
      heading={t('helpdesk.withdrawTitle')}
      body={t('helpdesk.withdrawBody', { name: found.person.name })}
      act={async () => {
        changed(await withdrawCase(found.id));
        flash.here(t('helpdesk.withdrawn'));
        focusFacts();
      }}
    />
  );
}
