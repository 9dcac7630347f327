import { describe, expect, it } from 'vitest';
import { outcomeOfMove } from './moves';

describe('what a move comes to (section 3)', () => {
  it('lets a person who asked register', () => {
    expect(outcomeOfMove({ status: 'verification_pending', causes: [] }, 'enable')).toBe('verify');
    expect(outcomeOfMove({ status: 'verification_pending', causes: [] }, 'reject')).toBe('reject');
  });

  it('gives no access while the review is overdue, whichever cause is shown', () => {
    expect(
      outcomeOfMove({ status: 'suspended', causes: ['inactive', 'suspended'] }, 'enable'),
    ).toBe('lift');
    expect(outcomeOfMove({ status: 'disabled', causes: ['disabled', 'suspended'] }, 'enable')).toBe(
      'lift',
    );
  });

  it('gives access otherwise', () => {
    expect(outcomeOfMove({ status: 'disabled', causes: ['disabled', 'inactive'] }, 'enable')).toBe(
      'enable',
    );
    expect(outcomeOfMove({ status: 'suspended', causes: ['suspended'] }, 'remove')).toBe('remove');
  });
});
