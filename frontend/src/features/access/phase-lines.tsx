import { useTexts } from '../../texts/context';
import { alike, useStandingText } from './phase-words';
import type { PhaseView } from './phase-words';

/** From when or until when the features of a part can be used, with the plan's note (ORG-8). */
export function PhaseLines({ features }: { features: readonly PhaseView[] }) {
  const { t } = useTexts();
  const standing = useStandingText();
  const groups = alike(features);
  return (
    <>
      {groups.map((group) => {
        const [first] = group;
        if (!first) return null;
        const name = group.map(({ feature }) => t(`access.feature.${feature}`)).join(', ');
        const state = standing(first);
        return (
          <div key={name} className="p-phase">
            <p className="p-flat p-muted p-strong">
              {groups.length > 1 ? t('access.phase.named', { name, state }) : state}
            </p>
            {first.note && <p className="p-flat p-phase__note">{first.note}</p>}
          </div>
        );
      })}
    </>
  );
}
