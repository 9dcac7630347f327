/** Shapes of the helpdesk's cases (CRD-5). Times are UTC. */

export type CaseState =
  'open' | 'confirmed' | 'link_sent' | 'done' | 'declined' | 'withdrawn' | 'expired';

/** Who has to say that it is ok. */
export type Needs = 'administrator' | 'two_enrollment' | 'plan_administrator';

interface Organization {
  id: string;
  name: string;
}

export interface ResetCase {
  id: string;
  /** What the caller hears, and whoever confirms compares. */
  code: string;
  person: { name: string; email: string };
  organization: Organization | null;
  caller: string;
  reason: string;
  opened_by: string;
  opened_at: string;
  ends_at: string;
  state: CaseState;
  needs: Needs;
  confirmations: { name: string; at: string }[];
  may_confirm: boolean;
  /** Only for enrollment, who call it. */
  phone_on_record: string | null;
}

export interface FoundPerson {
  user_id: string;
  name: string;
  email: string;
  memberships: { membership_id: string; organization: Organization; status: string }[];
  staff: boolean;
}

export interface NewCase {
  user_id: string;
  /** Null for an account of the plan's staff. */
  membership_id: string | null;
  caller: string;
  reason: string;
}

export interface CasesPage {
  items: ResetCase[];
  next_cursor: string | null;
}
