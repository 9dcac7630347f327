import { useTexts } from '../../texts/context';
import type { Lack } from './types';

const TONES: Partial<Record<Lack, string>> = {
  complete: 'p-tag--active',
  to_verify: 'p-tag--verification_pending',
  without_administrator: 'p-tag--suspended',
  not_registered: 'p-tag--unverified',
  not_reached: 'p-tag--unverified',
};

/** The first thing that a practice lacks, in words. */
export function LackTag({ lacks }: { lacks: Lack }) {
  const { t } = useTexts();
  return <span className={`p-tag ${TONES[lacks] ?? ''}`}>{t(`onboarding.lacks.${lacks}`)}</span>;
}
