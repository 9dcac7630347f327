import { Alert } from '@cmsgov/design-system';
import { useTexts } from '../../texts/context';
import type { Progress, Reviews } from './types';

interface Props {
  progress: Progress;
  called: Reviews['called'];
  nextDue: string | null;
}

/** How far the review of the practice is. */
export function ReviewProgress({ progress, called, nextDue }: Props) {
  const { t, tn, instant } = useTexts();
  const all = progress.done + progress.open;
  return (
    <section className="p-review-progress" aria-labelledby="review-progress">
      <h2 id="review-progress" className="ds-u-visibility--screen-reader">
        {t('reviews.progress')}
      </h2>
      {called && (
        <Alert variation="warn" role="region" className="p-review-called">
          <p className="p-flat">{t('reviews.called', { by: instant(called.by) })}</p>
        </Alert>
      )}
      {all > 0 && (
        <>
          <progress
            className="p-review-progress__bar"
            aria-label={t('reviews.progress')}
            max={all}
            value={progress.done}
          />
          <p className="p-flat">
            <span className="p-strong">{tn('reviews.done', all, { done: progress.done })}</span>
            {progress.late > 0 && (
              <span className="p-review__late"> {tn('reviews.late', progress.late)}</span>
            )}
            {nextDue && progress.open > 0 && (
              <span> {t('reviews.nextDue', { at: instant(nextDue) })}</span>
            )}
          </p>
        </>
      )}
    </section>
  );
}
