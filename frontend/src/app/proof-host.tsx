import { lazy, Suspense, useEffect, useState } from 'react';
import { proofWanted, settleProof } from './proof';
import { useStore } from './store';

const ProofDialog = lazy(() =>
  import('../features/sign-in/proof-dialog').then((module) => ({ default: module.ProofDialog })),
);

/** Where the dialog opens; the end of the session ends it too. */
export function ProofHost({ factor }: { factor: boolean }) {
  const wanted = useStore(proofWanted);
  const [loaded, setLoaded] = useState(false);
  useEffect(() => () => settleProof(false), []);
  useEffect(() => setLoaded((before) => before || wanted), [wanted]);
  return (
    <Suspense fallback={null}>
      {(loaded || wanted) && <ProofDialog isOpen={wanted} factor={factor} />}
    </Suspense>
  );
}
