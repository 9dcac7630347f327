import { describe, expect, it } from 'vitest';
import { subjectIn, threadIn } from './subjects';

describe('what is to be held (MSG-10)', () => {
  it('is a conversation by its id or the address of its page', () => {
    expect(threadIn(' thr_abc123 ')).toBe('thr_abc123');
    expect(threadIn('https://portal.example/messages/dep_x/inbox/thr_abc123')).toBe('thr_abc123');
    expect(threadIn(' something else ')).toBe('something else');
  });

  it('is a practice by its TIN, with a dash or without', () => {
    expect(subjectIn('organization', '00-0000001')).toBe('000000001');
    expect(subjectIn('organization', ' org_abc ')).toBe('org_abc');
  });

  it('is a person by an address as it was typed', () => {
    expect(subjectIn('user', ' gina@maple.example ')).toBe('gina@maple.example');
  });
});
