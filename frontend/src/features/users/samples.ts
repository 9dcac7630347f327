/** Made-up members for tests. */
import type { Work } from '../work/calls';
import type { Member } from './types';

export function memberView(part: Partial<Member> = {}): Member {
  return {
    id: 'mem_1',
    version: 3,
    name: 'Gina Sample',
    email: 'gina@practice.example',
    phone: '+1 555 010 0100',
    status: 'active',
    causes: [],
    role: 'general_user',
    access_levels: [],
    providers: [],
    last_sign_in_at: null,
    tin_verified: true,
    created_at: '2026-11-01T12:00:00Z',
    verified_at: null,
    review_due_at: null,
    inactive_at: null,
    invitation_ends_at: null,
    attention: [],
    own: false,
    moves: ['disable', 'remove'],
    emails: ['password_reset'],
    requested_levels: [],
    entitlements: ['claims', 'eligibility', 'assessments'],
    npis: ['1234567893'],
    address_stopped: null,
    ...part,
  };
}

export function work(part: Partial<Work> = {}): Work {
  return {
    id: 'wrk_1',
    kind: 'members_check',
    state: 'waiting',
    done: 0,
    total: null,
    problems: 0,
    reason: null,
    created_at: '2026-11-22T06:00:00Z',
    updated_at: '2026-11-22T06:00:00Z',
    result_name: '',
    result_until: null,
    must_finish: false,
    ...part,
  };
}
