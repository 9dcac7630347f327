import { Button } from '@cmsgov/design-system';
import { useTexts } from '../../texts/context';

interface Props {
  label: string;
  status: string;
  previous: (() => void) | null;
  next: (() => void) | null;
}

/** Previous and Next; hidden when there is one page only. A button at its end stays focusable. */
export function Pager({ label, status, previous, next }: Props) {
  const { t } = useTexts();
  if (!previous && !next) return null;
  return (
    <nav className="p-pager" aria-label={label}>
      <Button size="small" aria-disabled={!previous} onClick={() => previous?.()}>
        {t('messages.previous')}
      </Button>
      <span className="p-pager__status" aria-live="polite">
        {status}
      </span>
      <Button size="small" aria-disabled={!next} onClick={() => next?.()}>
        {t('messages.next')}
      </Button>
    </nav>
  );
}
