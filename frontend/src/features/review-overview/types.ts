/** Shapes of the plan's side of access reviews (REV-1, REV-2, ORG-4). Ids are opaque, times UTC. */
import type { Card } from '../reviews/types';
import type { Role } from '../users/types';

export const STATES = ['late', 'open', 'without_administrator'] as const;
export type State = (typeof STATES)[number];

interface Named {
  id: string;
  name: string;
}
export interface Practice extends Named {
  tin: string;
}
export interface OverviewRow {
  organization: Practice;
  open: number;
  late: number;
  next_due_at: string | null;
  waves: { day: string; people: number }[];
  without_administrator: boolean;
  suspect: boolean;
}
export interface OpenPerson extends Named {
  role: Role;
  due_at: string;
  late: boolean;
}
export interface ReviewCall {
  id: string;
  at: string;
  by_name: string;
  /** The last day, as the plan's calendar has it. */
  until: string;
  ends_at: string;
  organizations: Named[] | null;
}
export interface NewCall {
  organization_ids: string[] | null;
  by: string;
}
export interface Suspect {
  id: string;
  reviewer: Named;
  organization: Named;
  from: string;
  to: string;
  count: number;
  sample: Decided[];
  settled: { name: string; at: string; finding: string } | null;
}
export interface Decided {
  id: string;
  at: string;
  member: string;
  decision: 'keep' | 'change' | 'remove';
  reason: string;
}
export type Verdict = 'keep' | 'remove';
export interface AdministratorReview {
  organization: Named;
  card: Card;
  need: 'review' | 'enable';
  confirmed_by: { name: string; at: string; decision: Verdict; reason: string } | null;
  own: boolean;
}
export interface List<Item> {
  items: Item[];
  next_cursor: string | null;
}
