import { Button } from '@cmsgov/design-system';
import type { ReactNode } from 'react';
import { useTexts } from '../../texts/context';
import type { TextKey } from '../../texts';
import type { Hold, Move } from './calls';

interface Who {
  id: string;
  name: string;
}

/** Of a person or practice its name, of a conversation its id: its subject line is not shown here. */
export const subjectName = ({ subject }: Hold) => subject.name || subject.id;

interface StepProps {
  label: TextKey;
  who: Who | null;
  at: string | null;
  children?: ReactNode;
}

function Step({ label, who, at, children }: StepProps) {
  const { t, instant } = useTexts();
  if (!who || !at) return null;
  return (
    <>
      <dt>{t(label)}</dt>
      <dd>
        {who.name}, <time dateTime={at}>{instant(at)}</time>
        {children}
      </dd>
    </>
  );
}

const WAITING: readonly Hold['state'][] = ['asked', 'lift_asked'];

interface Props {
  hold: Hold;
  onMove: (move: Move) => void;
}

/** One legal hold: what it keeps and why, who asked for it and confirmed it, and what can be done now (MSG-10). */
export function HoldCard({ hold, onMove }: Props) {
  const { t } = useTexts();
  const { kind } = hold.subject;
  const name = subjectName(hold);
  const confirms = hold.moves.some((move) => move === 'confirm' || move === 'confirm_lift');
  return (
    <li className="p-card" aria-label={name}>
      <h2 className="ds-text-heading--lg p-flat p-hold__name" id={`hold-${hold.id}`} tabIndex={-1}>
        {t(`retention.named.${kind}`, { name })}{' '}
        <span className="p-tag">{t(`retention.state.${hold.state}`)}</span>
      </h2>
      <p className="p-muted p-flat">{t(`retention.keeps.${kind}`)}</p>
      <dl className="p-facts p-user-facts">
        <dt>{t('retention.reason')}</dt>
        <dd className="p-hold__text">{hold.reason}</dd>
        <Step label="retention.askedBy" who={hold.asked_by} at={hold.asked_at} />
        <Step label="retention.confirmedBy" who={hold.confirmed_by} at={hold.confirmed_at} />
        <Step label="retention.liftAskedBy" who={hold.lift_asked_by} at={hold.lift_asked_at}>
          <br />
          <span className="p-hold__text">{hold.lift_reason}</span>
        </Step>
        <Step
          label={hold.state === 'refused' ? 'retention.refusedBy' : 'retention.liftedBy'}
          who={hold.ended_by}
          at={hold.ended_at}
        />
      </dl>
      {WAITING.includes(hold.state) && !confirms && <p>{t('retention.waitsForOther')}</p>}
      {hold.moves.length > 0 && (
        <div className="p-actions p-gap-top">
          {hold.moves.map((move) => (
            <Button
              key={move}
              variation={move === 'confirm' || move === 'confirm_lift' ? 'solid' : undefined}
              aria-describedby={`hold-${hold.id}`}
              onClick={() => onMove(move)}
            >
              {t(`retention.move.${move}`)}
            </Button>
          ))}
        </div>
      )}
    </li>
  );
}
