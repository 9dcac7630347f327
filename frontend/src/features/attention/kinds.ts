import type { AttentionItem } from '../../api/types';
import type { TextKey } from '../../texts';
import { DIRECTORY_REQUESTS } from '../directory/paths';
import { NOMINATIONS, ONBOARDING, ORGANIZATIONS, organizationPath } from '../enrollment/paths';
import { casePath, listPath } from '../helpdesk/paths';
import { conversationsPath, draftPath, draftsPath, threadPath } from '../messages/paths';
import { PREFERENCES } from '../notices/paths';
import { REQUESTS } from '../nominations/paths';
import { ADMINISTRATORS, OVERVIEW, SUSPECT } from '../review-overview/paths';
import { REVIEWS } from '../reviews/paths';
import { PROFILE } from '../profile/paths';
import { SIGNALS } from '../sharing/paths';
import { STAFF, staffPath } from '../staff/paths';
import { NEW_USER } from '../users/paths';

export type Kind = AttentionItem['kind'];

/** Where tasks of a kind are done. `place` is the mailbox they are in. */
interface Place {
  list: (place: string) => string;
  /** One of them. */
  one?: (id: string, place: string) => string;
  /** Counts beside User Management. */
  users?: true;
  /** What may be done about it besides. */
  besides?: { path: string; text: TextKey };
}

const user = (id: string) => `/users/${encodeURIComponent(id)}`;
const administrators: Place = { list: () => '/users/administrators', users: true };

export const KINDS: Record<Kind, Place> = {
  reset_case: { list: () => listPath('confirming'), one: (id) => casePath('confirming', id) },
  own_case: { list: () => listPath('helpdesk'), one: (id) => casePath('helpdesk', id) },
  verification_pending: {
    list: () => '/users?status=verification_pending',
    one: user,
    users: true,
  },
  access_request: { list: () => '/users?attention=true', one: user, users: true },
  invitation_expired: {
    list: () => '/users?status=unverified&attention=true',
    one: user,
    users: true,
  },
  without_administrator: administrators,
  one_administrator: administrators,
  no_backup: administrators,
  seat_vacant: administrators,
  waiting_conversations: {
    list: conversationsPath,
    one: (id, place) => threadPath(place, 'inbox', id),
  },
  misdirected: { list: () => '/misdirected' },
  legal_hold: { list: () => '/legal-holds' },
  address_stopped: { list: () => '/users', one: user, users: true },
  staff_address_stopped: { list: () => STAFF, one: staffPath },
  own_address_stopped: { list: () => PREFERENCES },
  review_due: { list: () => REVIEWS, users: true },
  about_to_lapse: { list: () => '/users?attention=true', one: user, users: true },
  sharing_signal: {
    list: () => SIGNALS,
    one: user,
    users: true,
    besides: { path: NEW_USER, text: 'attention.invite' },
  },
  own_sharing_signal: { list: () => PROFILE },
  late_organization: { list: () => `${OVERVIEW}?state=late` },
  organization_without_administrator: { list: () => `${OVERVIEW}?state=without_administrator` },
  suspect_review: { list: () => SUSPECT },
  administrator_review: { list: () => ADMINISTRATORS },
  nomination_to_verify: { list: () => NOMINATIONS, one: organizationPath },
  nomination_request: { list: () => REQUESTS },
  organization_change: { list: () => ORGANIZATIONS, one: organizationPath },
  executive_stopped: { list: () => ONBOARDING, one: organizationPath },
  directory_request: { list: () => DIRECTORY_REQUESTS },
  staff_review_due: { list: () => STAFF, one: staffPath },
  draft: { list: draftsPath, one: (id, place) => draftPath(place, id) },
};

/** How many of them are about users, and whether there may be more than were counted. */
export function aboutUsers(items: readonly AttentionItem[] | undefined) {
  const users = items?.filter(({ kind }) => KINDS[kind].users) ?? [];
  return {
    count: users.reduce((sum, item) => sum + item.count, 0),
    more: users.some((item) => item.more),
  };
}
