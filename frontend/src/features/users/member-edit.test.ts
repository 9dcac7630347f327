import { describe, expect, it } from 'vitest';
import { left, patchOf, settled, valuesOf } from './member-edit';
import { memberView } from './samples';

const member = memberView({
  role: 'backup_administrator',
  access_levels: ['claims', 'manage_account'],
});

describe('an edit of a member (ACC-4)', () => {
  it('lies over what the portal told', () => {
    const edit = { levels: { claims: false, eligibility: true }, comment: 'moved' };
    expect(valuesOf(member, edit)).toEqual({
      role: 'backup_administrator',
      access_levels: ['manage_account', 'eligibility'],
      providers: [],
      comment: 'moved',
    });
  });

  it('sends only what changed, and never manage_account (ACC-5)', () => {
    expect(patchOf(member, { levels: { eligibility: true } })).toEqual({
      access_levels: ['claims', 'eligibility'],
    });
    expect(patchOf(member, { comment: ' </xmp><script>alert(1)</script>' })).toEqual({
      comment: ' </xmp><script>alert(1)</script>',
    });
    expect(patchOf(member, { role: 'general_user', providers: ['1234567893'] })).toEqual({
      role: 'general_user',
      providers: ['1234567893'],
    });
  });

  it('is nothing once everything is as it was', () => {
    const undone = {
      role: 'backup_administrator' as const,
      levels: { claims: true, eligibility: false },
      providers: [],
      comment: '',
    };
    expect(settled(member, undone)).toBeNull();
    expect(settled(member, { ...undone, comment: 'x' })).toEqual({ comment: 'x' });
  });

  it('leaves what was changed while another was being saved', () => {
    const sent = { levels: { eligibility: true }, comment: 'moved' };
    const after = memberView({
      ...member,
      access_levels: ['claims', 'eligibility', 'manage_account'],
    });
    expect(left(member, sent, after, sent)).toBeNull();
    expect(left(member, sent, after, undefined)).toBeNull();
    expect(left(member, sent, after, { ...sent, providers: ['1234567893'] })).toEqual({
      providers: ['1234567893'],
    });
    expect(left(member, sent, after, { comment: 'moved back' })).toEqual({
      levels: { eligibility: false },
      comment: 'moved back',
    });
  });

  it('survives a member that was loaded anew', () => {
    const edit = { levels: { eligibility: true } };
    const anew = memberView({ ...member, access_levels: ['assessments', 'manage_account'] });
    expect(patchOf(anew, edit).access_levels).toEqual(['assessments', 'eligibility']);
    const granted = memberView({ ...member, access_levels: ['claims', 'eligibility'] });
    expect(settled(granted, edit)).toBeNull();
  });
});
