import { SkipNav } from '@cmsgov/design-system';
import { useTexts } from '../texts/context';

export function SkipLink() {
  const { t } = useTexts();
  return (
    <SkipNav
      href="#main"
      // The address is left alone: it belongs to the router.
      onClick={(event: Event) => {
        event.preventDefault();
        document.getElementById('main')?.focus();
      }}
    >
      {t('app.skip')}
    </SkipNav>
  );
}
