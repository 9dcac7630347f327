import { describe, expect, it } from 'vitest';
import { proofWanted, settleProof, wantProof } from './proof';

describe('the proof before a sensitive change (S-SESS-10)', () => {
  it('is asked for once, however many calls wait for it', async () => {
    const both = Promise.all([wantProof(), wantProof()]);
    expect(proofWanted.get()).toBe(true);
    settleProof(true);
    expect(proofWanted.get()).toBe(false);
    expect(await both).toEqual([true, true]);
  });

  it('is not given for what asks later', async () => {
    const first = wantProof();
    settleProof(true);
    const second = wantProof();
    settleProof(false);
    expect(await first).toBe(true);
    expect(await second).toBe(false);
  });
});
