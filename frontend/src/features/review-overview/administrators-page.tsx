import '../../styles/reviews.css';
import '../../texts/reviews';
import { Dialog } from '@cmsgov/design-system';
import { useState } from 'react';
import { problemOf } from '../../api/client';
import { flash } from '../../app/announcer';
import { Page } from '../../app/page';
import type { TextKey } from '../../texts';
import { useTexts } from '../../texts/context';
import { Loading } from '../../ui/loading';
import { ProblemAlert } from '../../ui/problem-alert';
import { currentCursor } from '../messages/cursor-stack';
import type { CursorStack } from '../messages/cursor-stack';
import { StackPager } from '../messages/pager';
import { AdministratorCard, cardId } from './administrator-card';
import { OverviewTabs } from './overview-tabs';
import { useAdministratorReviews, useOverviewChanged } from './queries';
import { StepForm } from './step-form';
import type { Step } from './steps';
import type { AdministratorReview } from './types';

/** Only administrators, whom two of the plan review, and ways back for a practice that has none (REV-2, ORG-4). */
export function AdministratorsPage() {
  const { t } = useTexts();
  const [stack, setStack] = useState<CursorStack>([]);
  const [doing, setDoing] = useState<{ item: AdministratorReview; step: Step } | null>(null);
  const changed = useOverviewChanged();
  const { data, error, refetch, isPlaceholderData } = useAdministratorReviews(currentCursor(stack));
  // What was written about an item that changed meanwhile, until it is decided.
  const [written, setWritten] = useState<Readonly<Record<string, string>>>({});
  const close = () => {
    setDoing(null);
    // It may be that somebody else was faster.
    return changed();
  };
  const tell = (item: AdministratorReview, said: TextKey, reason: string) => {
    const id = cardId(item);
    setWritten((before) => ({ ...before, [id]: reason }));
    flash.here(t(said, { name: item.card.name }));
    window.scrollTo(0, 0);
    // The button that was pressed may be gone.
    document.getElementById(id)?.focus({ preventScroll: true });
  };
  return (
    <Page title={t('overview.two.title')}>
      <OverviewTabs />
      <p className="p-lead p-roster__lead">{t('overview.two.lead')}</p>
      {error && !data && <ProblemAlert problem={problemOf(error)} retry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data?.items.length === 0 && (
        <p className="p-empty p-empty--alone">{t('overview.two.none')}</p>
      )}
      <ul className="p-plain p-overview__list">
        {data?.items.map((item) => (
          <AdministratorCard
            key={cardId(item)}
            item={item}
            onStep={(step) => setDoing({ item, step })}
          />
        ))}
      </ul>
      {data && (
        <StackPager
          label={t('overview.two.pages')}
          stack={stack}
          next={isPlaceholderData ? null : data.next_cursor}
          onMove={setStack}
        />
      )}
      <Dialog
        isOpen={doing !== null}
        onExit={() => void close()}
        heading={doing && t(`overview.two.step.${doing.step}`, { name: doing.item.card.name })}
        ariaCloseLabel={t('app.close')}
      >
        {doing && (
          <StepForm
            {...doing}
            written={written[cardId(doing.item)] ?? ''}
            onDone={(said) => {
              void close();
              tell(doing.item, said, '');
            }}
            onChanged={(reason) =>
              void close().then(() => tell(doing.item, 'overview.two.changed', reason))
            }
            onClose={() => void close()}
          />
        )}
      </Dialog>
    </Page>
  );
}
