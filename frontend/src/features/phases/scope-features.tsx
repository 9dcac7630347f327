import { Button, Dialog } from '@cmsgov/design-system';
import { useState } from 'react';
import { flash } from '../../app/announcer';
import { useTexts } from '../../texts/context';
import { useStandingText } from '../access/phase-words';
import { FinalButton } from '../helpdesk/final-dialog';
import { deletePhase } from './calls';
import { PhaseForm } from './phase-form';
import { usePhasesChanged } from './queries';
import type { Feature, FeaturePhase, ScopePhases } from './types';

interface CardProps {
  scope: ScopePhases;
  line: FeaturePhase;
  onEdit: () => void;
  onTakenAway: () => void;
  onChanged: () => Promise<void>;
}

function FeatureCard({ scope, line, onEdit, onTakenAway, onChanged }: CardProps) {
  const { t } = useTexts();
  const standing = useStandingText();
  const { feature, own, note, decided_by: by } = line;
  const name = t(`access.feature.${feature}`);
  const takeAway = async () => {
    try {
      await deletePhase(scope.id, feature, scope.version);
    } catch (error) {
      await onChanged();
      throw error;
    }
    onTakenAway();
  };
  return (
    <li className="p-card" aria-label={name} id={`phase-of-${feature}`} tabIndex={-1}>
      <h3 className="ds-text-heading--md p-flat">{name}</h3>
      <dl className="p-facts p-user-facts">
        <dt>{t('phases.state')}</dt>
        <dd className="p-strong">{standing(line)}</dd>
        {scope.scope !== 'plan' && (
          <>
            <dt>{t('phases.decided')}</dt>
            <dd>{t(by ? `phases.${by}` : 'phases.decided.none')}</dd>
          </>
        )}
        {note && (
          <>
            <dt>{t('phases.note')}</dt>
            <dd className="p-phase__note">{note}</dd>
          </>
        )}
      </dl>
      <div className="p-actions p-gap-top">
        <Button aria-label={t('phases.editName', { name })} onClick={onEdit}>
          {t('phases.edit')}
        </Button>
        {own && (
          <FinalButton
            label={t('phases.takeAway')}
            heading={`${t('phases.takeAway')}: ${name}`}
            body={t(scope.scope === 'plan' ? 'phases.takeAwayPlan' : 'phases.takeAwayOther', {
              name,
            })}
            act={takeAway}
          />
        )}
      </div>
    </li>
  );
}

/** All features in one scope, each with what holds there and a way to change it (ORG-8). */
export function ScopeFeatures({ scope }: { scope: ScopePhases }) {
  const { t } = useTexts();
  const changed = usePhasesChanged();
  const [editing, setEditing] = useState<Feature | null>(null);
  const line = scope.items.find(({ feature }) => feature === editing);
  const say = (text: 'phases.saved' | 'phases.takenAway', feature: Feature) => {
    setEditing(null);
    flash.here(t(text, { name: t(`access.feature.${feature}`) }));
    void changed();
    // What was pressed may be gone.
    document.getElementById(`phase-of-${feature}`)?.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  };
  return (
    <>
      <ul className="p-plain p-cards">
        {scope.items.map((each) => (
          <FeatureCard
            key={each.feature}
            scope={scope}
            line={each}
            onEdit={() => setEditing(each.feature)}
            onTakenAway={() => say('phases.takenAway', each.feature)}
            onChanged={changed}
          />
        ))}
      </ul>
      <Dialog
        isOpen={line !== undefined}
        onExit={() => setEditing(null)}
        heading={line ? t('phases.editName', { name: t(`access.feature.${line.feature}`) }) : ''}
        ariaCloseLabel={t('app.close')}
      >
        {line && (
          <PhaseForm
            key={line.feature}
            scope={scope}
            line={line}
            onSaved={() => say('phases.saved', line.feature)}
            onStale={() => {
              setEditing(null);
              void changed();
            }}
            onClose={() => setEditing(null)}
          />
        )}
      </Dialog>
    </>
  );
}
