import type { components } from '../../api/schema';
import { useTexts } from '../../texts/context';
import { dayText } from '../review-overview/day';

export type PhaseView = components['schemas']['PhaseView'];
export type Feature = PhaseView['feature'];

/** How a feature stands: on, coming with its date where that is known, or until which day (ORG-8). */
export function useStandingText() {
  const { t, language } = useTexts();
  return ({ state, on_date, last_day }: Pick<PhaseView, 'state' | 'on_date' | 'last_day'>) => {
    if (state === 'on') return t('access.phase.on');
    if (last_day) return t('access.phase.ending', { day: dayText(language, last_day) });
    if (on_date) return t('access.phase.comingOn', { day: dayText(language, on_date) });
    return t('access.coming');
  };
}

/** Features that stand alike are told of once: those of each such group, in order. */
export function alike(features: readonly PhaseView[]): PhaseView[][] {
  const groups = new Map<string, PhaseView[]>();
  for (const one of features) {
    const key = JSON.stringify([one.state, one.on_date, one.last_day, one.note]);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()];
}
