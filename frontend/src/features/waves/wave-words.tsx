import { useTexts } from '../../texts/context';
import type { WaveState } from './types';

const TONES: Record<WaveState, string> = {
  planned: 'p-tag--unverified',
  sending: 'p-tag--verification_pending',
  sent: 'p-tag--active',
  ended: '',
};

export function WaveTag({ state }: { state: WaveState }) {
  const { t } = useTexts();
  return <span className={`p-tag ${TONES[state]}`}>{t(`waves.state.${state}`)}</span>;
}
