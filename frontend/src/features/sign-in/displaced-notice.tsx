import '../../texts/sign-in';
import { Alert, Button } from '@cmsgov/design-system';
import { displacedAnother } from '../../app/session-store';
import { useTexts } from '../../texts/context';

/** This sign-in ended the oldest of too many sessions: perhaps somebody else uses this login (ACC-10). */
export function DisplacedNotice() {
  const { t } = useTexts();
  return (
    <Alert role="region" variation="warn" heading={t('displaced.title')}>
      <p>{t('displaced.body')}</p>
      <p>{t('displaced.shared')}</p>
      <Button size="small" onClick={() => displacedAnother.set(false)}>
        {t('displaced.seen')}
      </Button>
    </Alert>
  );
}
