import { useTexts } from '../../texts/context';
import type { Reason } from './types';

/** Why a sign-in seems to be shared, in plain words that people can check (S-SHARE-03). */
export function Reasons({ reasons }: { reasons: readonly Reason[] }) {
  const { tn } = useTexts();
  return (
    <ul className="p-summary">
      {reasons.map(({ kind, number }) => (
        <li key={kind}>{tn(`sharing.reason.${kind}`, number)}</li>
      ))}
    </ul>
  );
}
