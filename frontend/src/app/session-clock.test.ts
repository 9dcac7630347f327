import { describe, expect, it } from 'vitest';
import { announcedSeconds, newer, phaseOf, readingOf, secondsLeft } from './session-clock';

describe('session countdown (CRD-8)', () => {
  const reading = readingOf(900, 1_000, 1_200);

  it('counts down to the deadline and never below zero', () => {
    expect(secondsLeft(reading, 1_200)).toBe(900);
    expect(secondsLeft(reading, 1_200 + 899_500)).toBe(1);
    expect(secondsLeft(reading, 1_200 + 2_000_000)).toBe(0);
  });

  it('warns from two minutes before the end', () => {
    expect(phaseOf(121, 120)).toBe('calm');
    expect(phaseOf(120, 120)).toBe('warning');
    expect(phaseOf(1, 120)).toBe('warning');
    expect(phaseOf(0, 120)).toBe('over');
  });

  it('ignores the late answer to an older request', () => {
    const extended = readingOf(900, 5_000, 5_100);
    const late = readingOf(110, 4_000, 5_200);
    expect(newer(extended, late)).toBe(extended);
    expect(newer(null, late)).toBe(late);
    expect(newer(late, extended)).toBe(extended);
  });

  it('announces only at a few marks', () => {
    expect(announcedSeconds(120)).toBe(120);
    expect(announcedSeconds(61)).toBe(120);
    expect(announcedSeconds(60)).toBe(60);
    expect(announcedSeconds(9)).toBe(10);
    expect(announcedSeconds(500)).toBeNull();
  });
});
