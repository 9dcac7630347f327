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

interface Props {
  state: NominationState;
  /** Of a signed one: TIN and NPIs were found to match, so only the decision is left. */
  verified?: boolean | undefined;
}

export function StateTag({ state, verified = false }: Props) {
  const { t } = useTexts();
  const shown = state === 'signed' && verified ? 'verified' : state;
  return <span className={`p-tag p-tag--${LOOKS[state]}`}>{t(`nominations.state.${shown}`)}</span>;
}
