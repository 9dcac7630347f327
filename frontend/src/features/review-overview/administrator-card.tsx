import { Button } from '@cmsgov/design-system';
import { useTexts } from '../../texts/context';
import { CardFacts } from '../reviews/card-facts';
import { StatusTag } from '../users/status-tag';
import { stepsOf } from './steps';
import type { Step } from './steps';
import type { AdministratorReview } from './types';

export const cardId = ({ card, need }: AdministratorReview) => `administrator-${card.id}-${need}`;

/** What the first of the two decided, and whom it waits for. */
function First({ item }: { item: AdministratorReview }) {
  const { t, instant } = useTexts();
  const first = item.confirmed_by;
  if (!first) return <p>{t('overview.two.nobodyYet')}</p>;
  return (
    <div className="p-overview__first">
      <p className="p-flat p-strong">
        {t(`overview.two.first.${item.need}.${first.decision}`, { name: first.name })}{' '}
        <time className="p-muted" dateTime={first.at}>
          {instant(first.at)}
        </time>
      </p>
      {/* Only ever text (S-IO-01). */}
      {first.reason && <p className="p-entry__comment">{first.reason}</p>}
      <p className="p-flat">
        {t(first.own ? 'overview.two.waitsForOther' : 'overview.two.waitsForYou', {
          ends: instant(first.ends_at),
        })}
      </p>
    </div>
  );
}

interface Props {
  item: AdministratorReview;
  onStep: (step: Step) => void;
}

/** One administrator whom two of the plan review, or let in again. */
export function AdministratorCard({ item, onStep }: Props) {
  const { t } = useTexts();
  const { card, need, organization, own } = item;
  const id = cardId(item);
  return (
    <li className="p-card" aria-labelledby={id}>
      <h2 id={id} className="ds-text-heading--lg p-flat" tabIndex={-1}>
        {t('overview.two.who', { name: card.name, practice: organization.name })}{' '}
        <StatusTag status={card.status} />
      </h2>
      <p className="p-flat">{t(`overview.two.need.${need}`)}</p>
      <CardFacts card={card} link={false} />
      <First item={item} />
      {own && <p>{t('overview.two.own')}</p>}
      <div className="p-actions p-gap-top">
        {stepsOf(item).map((step) => (
          <Button
            key={step}
            variation={step === 'confirm' ? 'solid' : undefined}
            className={step === 'remove' ? 'p-button--danger' : ''}
            aria-describedby={id}
            onClick={() => onStep(step)}
          >
            {t(
              step === 'keep' && need === 'enable' ? 'overview.two.enable' : `overview.two.${step}`,
            )}
          </Button>
        ))}
      </div>
    </li>
  );
}
