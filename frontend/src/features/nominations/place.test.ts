import { describe, expect, it } from 'vitest';
import { isChanged, placeIn } from './place';

describe('the list of nominations (ORG-1)', () => {
  it('begins with what waits to be verified, whatever the address says', () => {
    expect(placeIn('')).toBe('to_verify');
    expect(placeIn('state=out')).toBe('out');
    expect(placeIn('state=ended&cursor=x')).toBe('ended');
    expect(placeIn('state=everything')).toBe('to_verify');
  });
});

describe('two of the staff at once (ORG-1)', () => {
  it('are told apart from what a nomination lacks', () => {
    expect(isChanged({ status: 412, code: 'stale' })).toBe(true);
    expect(isChanged({ status: 409, code: 'changed_meanwhile' })).toBe(true);
    expect(isChanged({ status: 409, code: 'nomination_approved' })).toBe(true);
    expect(isChanged({ status: 409, code: 'not_verified' })).toBe(false);
    expect(isChanged({ status: 409, code: 'nominee_is_staff' })).toBe(false);
    expect(isChanged({ status: 422, code: 'invalid' })).toBe(false);
  });
});
