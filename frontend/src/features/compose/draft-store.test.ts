import { beforeEach, describe, expect, it } from 'vitest';
import { attemptFor, drafts, EMPTY, isEmpty } from './draft-store';

describe('unsent work', () => {
  beforeEach(() => drafts.clear());

  it('is kept for the same person and dropped for another one (CRD-8)', () => {
    expect(drafts.handTo('user-1')).toBe('first');
    drafts.update('a', (draft) => ({ ...draft, text: 'kept' }));
    expect(drafts.handTo('user-1')).toBe('same');
    expect(drafts.get('a').text).toBe('kept');
    expect(drafts.handTo('user-2')).toBe('other');
    expect(drafts.get('a')).toBe(EMPTY);
    expect(drafts.anyUnsent()).toBe(false);
  });

  it('knows what counts as work', () => {
    expect(isEmpty(EMPTY)).toBe(true);
    expect(isEmpty({ ...EMPTY, text: '  \n' })).toBe(true);
    expect(isEmpty({ ...EMPTY, urgent: true })).toBe(true);
    expect(isEmpty({ ...EMPTY, subject: 'x' })).toBe(false);
  });

  it('keeps the idempotency key for the same content only (MSG-7)', () => {
    let n = 0;
    const newKey = () => `key-${++n}`;
    const first = attemptFor(EMPTY, 'content', newKey);
    expect(attemptFor({ ...EMPTY, attempt: first }, 'content', newKey)).toBe(first);
    expect(attemptFor({ ...EMPTY, attempt: first }, 'other', newKey).key).toBe('key-2');
    // A draft that was kept between two tries must not make another message of the second.
    const kept = { id: 'drf_1', version: 0, at: 0, content: '' };
    expect(attemptFor({ ...EMPTY, attempt: first, kept }, 'content', newKey).draftId).toBeNull();
  });
});
