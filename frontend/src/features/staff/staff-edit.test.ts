import { describe, expect, it } from 'vitest';
import { left, settled, toggled } from './staff-edit';
import type { StaffAccount } from './types';

const account: StaffAccount = {
  id: 'usr_0000000000',
  version: 3,
  own: false,
  name: 'Ada Fictional',
  email: 'ada.fictional@plan.example',
  phone: '',
  status: 'active',
  causes: [],
  roles: ['auditor', 'department_agent'],
  departments: [{ id: 'dep_0000000000', name: 'Example Team' }],
  last_sign_in_at: null,
  created_at: null,
  invitation_ends_at: null,
  verified_at: null,
  review_due_at: null,
  inactive_at: null,
  may_review: true,
  moves: ['disable'],
  emails: ['password_reset'],
  address_stopped: null,
};

describe('an edit of a staff account (ACC-11)', () => {
  it('is nothing when all is as it was, in whatever order', () => {
    expect(settled(account, {})).toBeNull();
    const roles = ['department_agent', 'auditor'] as const;
    expect(settled(account, { roles: [...roles], departments: ['dep_0000000000'] })).toBeNull();
  });

  it('sends what changed and no more', () => {
    expect(settled(account, { departments: [], comment: 'Moved' })).toEqual({
      departments: [],
      comment: 'Moved',
    });
  });

  it('leaves what was typed while another was being saved', () => {
    const sent = { departments: [], comment: 'Moved' };
    const after = { ...account, departments: [] };
    expect(left(sent, after, sent)).toBeNull();
    expect(left(sent, after, undefined)).toBeNull();
    expect(left(sent, after, { ...sent, roles: ['auditor'] })).toEqual({ roles: ['auditor'] });
    expect(left(sent, after, { ...sent, comment: 'Back again' })).toEqual({
      comment: 'Back again',
    });
  });

  it('ticks and unticks', () => {
    expect(toggled(['auditor'], 'helpdesk', true)).toEqual(['auditor', 'helpdesk']);
    expect(toggled(['auditor', 'helpdesk'], 'auditor', false)).toEqual(['helpdesk']);
    expect(toggled(['auditor'], 'auditor', true)).toEqual(['auditor']);
  });
});
