import { Button } from '@cmsgov/design-system';
import { useTexts } from '../../texts/context';
import { back, forward, pageNumber } from './cursor-stack';
import type { CursorStack } from './cursor-stack';

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

interface StackProps {
  label: string;
  stack: CursorStack;
  /** Of the page that is shown; none at the end, or while another page is on its way. */
  next: string | null | undefined;
  onMove: (stack: CursorStack) => void;
}

/** A `Pager` along a list's cursors, which says the number of the page. */
export function StackPager({ label, stack, next, onMove }: StackProps) {
  const { t } = useTexts();
  return (
    <Pager
      label={label}
      status={t('messages.page', { page: pageNumber(stack) })}
      previous={stack.length > 0 ? () => onMove(back(stack)) : null}
      next={next ? () => onMove(forward(stack, next)) : null}
    />
  );
}
