import { useTexts } from '../../texts/context';
import type { NominationState } from './types';

/** Colors of the tags for accounts' statuses fit. */
const LOOKS: Record<NominationState, string> = {
  sent: 'unverified',
  opened: 'unverified',
  signed: 'verification_pending',
  returned: 'unverified',
  expired: 'suspended',
  approved: 'active',
  withdrawn: '',
};

export function StateTag({ state }: { state: NominationState }) {
  const { t } = useTexts();
  return <span className={`p-tag p-tag--${LOOKS[state]}`}>{t(`nominations.state.${state}`)}</span>;
}
