import { useTexts } from '../../texts/context';
import { StatusTag } from '../users/status-tag';
import { headingId } from './review-card';
import type { Card, Evidence, Verdict } from './types';

/** What was decided about a card of this page. */
export type Settled =
  | { by: 'me'; decision: Verdict; card: Card | null }
  | { by: 'colleague'; evidence: Evidence | null; card: Card | null };

interface Props {
  name: string;
  settled: Settled;
}

/** A card that is dealt with: one line of what was decided, by whomever. */
export function DecidedCard({ id, name, settled }: Props & { id: string }) {
  const { t } = useTexts();
  return (
    <li className="p-card p-review p-review--done">
      <div className="p-review__head">
        <h3 id={headingId(id)} className="ds-text-heading--md p-flat" tabIndex={-1}>
          {name}: <Told settled={settled} />
        </h3>
        {settled.card && <StatusTag status={settled.card.status} />}
      </div>
      {settled.by === 'colleague' && <p className="p-flat p-muted">{t('reviews.meanwhile')}</p>}
    </li>
  );
}

function Told({ settled }: { settled: Settled }) {
  const { t, instant } = useTexts();
  if (settled.by === 'me') return <>{t(`reviews.decided.${settled.decision}`)}</>;
  if (!settled.evidence) {
    const at = settled.card?.verified_at;
    return <>{at ? t('reviews.verifiedMeanwhile', { at: instant(at) }) : t('reviews.gone')}</>;
  }
  const { decision, reviewer, at } = settled.evidence;
  return (
    <>
      {t('reviews.decidedBy', {
        decision: t(`reviews.decided.${decision}`),
        name: reviewer.name,
        at: instant(at),
      })}
    </>
  );
}
