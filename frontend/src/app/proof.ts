import { clientHooks } from '../api/client';
import { Store } from './store';

type Settle = (proven: boolean) => void;

/** Is somebody asked for a proof that it is them? However many calls wait for it, one dialog asks (S-SESS-10). */
export const proofWanted = new Store<boolean>(false);
let waiting: Settle[] = [];

export function wantProof(): Promise<boolean> {
  proofWanted.set(true);
  return new Promise((settle) => waiting.push(settle));
}

/** The portal took the proof, or none was given: what waits for it goes on. */
export function settleProof(proven: boolean) {
  const settled = waiting;
  waiting = [];
  proofWanted.set(false);
  for (const settle of settled) settle(proven);
}

clientHooks.prove = wantProof;
