import { describe, expect, it } from 'vitest';
import { countsAsUse } from './session-activity';

describe('activity keeps the session (CRD-8)', () => {
  const moment = { now: 600_000, lastUse: 0, left: 700, warning_seconds: 120, hidden: false };

  it('counts when nothing was told for a minute', () => {
    expect(countsAsUse(moment)).toBe(true);
    expect(countsAsUse({ ...moment, lastUse: 540_000 })).toBe(true);
    expect(countsAsUse({ ...moment, lastUse: 540_001 })).toBe(false);
  });

  it('never counts in a hidden page', () => {
    expect(countsAsUse({ ...moment, hidden: true })).toBe(false);
  });

  it('leaves the decision to the person during the countdown and after the end', () => {
    expect(countsAsUse({ ...moment, left: 121 })).toBe(true);
    expect(countsAsUse({ ...moment, left: 120 })).toBe(false);
    expect(countsAsUse({ ...moment, left: 0 })).toBe(false);
  });
});
