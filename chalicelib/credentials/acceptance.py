"""Somebody who has a sign-in accepts what they are invited to by signing in (section 3)."""

from datetime import datetime

import msgspec

from chalicelib.accounts import actors
from chalicelib.accounts.actions import administrators
from chalicelib.accounts.actions import staff as staff_actions
from chalicelib.accounts.domain import Membership, User, may_act, statuses
from chalicelib.accounts.store import rosters
from chalicelib.core import access
from chalicelib.core.change import Change
from chalicelib.core.tables import DirectoryRows
from chalicelib.credentials.places import Around
from chalicelib.plan.domain import StaffMember, staff_move_allowed

# One transaction takes so many at most beside the session; the next sign-in takes the rest.
_AT_ONCE = 8
# Of one where a seat moves: both memberships with their histories, the roster and what marks it, that the practice is
# open, two timers, two records and two events.
_ROWS_TO_ACCEPT = 13


class Waiting(msgspec.Struct, frozen=True, kw_only=True):
    """Live invitations of one person."""

    staff: StaffMember | None = None
    memberships: tuple[Membership, ...] = ()

    def __bool__(self) -> bool:
        return self.staff is not None or bool(self.memberships)


def waiting(around: Around, now: datetime) -> Waiting:
    """What a person who signs in at `now` is invited to; an invitation that ended waits for nobody (CRD-6)."""
    staff = around.staff
    if staff is not None and not (staff_move_allowed(staff, "complete") and _live(staff.invitation_ends_at, now)):
        staff = None
    invited = [
        membership
        for membership in sorted(around.memberships, key=lambda membership: membership.id)
        if statuses.allows(membership, "complete") and _live(membership.invitation_ends_at, now)
    ]
    return Waiting(staff=staff, memberships=tuple(invited[:_AT_ONCE]))


def seat_waits(invited: Waiting) -> bool:
    """Whether the seat of a practice moves to them as they accept (ORG-1, ORG-5): they are an administrator then."""
    keys = [rosters.key(one.organization_id) for one in invited.memberships]
    rows = DirectoryRows(keys) if keys else None
    return rows is not None and any(
        promised is not None and promised.membership_id == one.id
        for one in invited.memberships
        for promised in [rosters.among(rows, one.organization_id).handover]
    )


def _live(ends_at: datetime | None, now: datetime) -> bool:
    return ends_at is not None and now < ends_at


def place(user: User, around: Around, invited: Waiting, origin: access.Origin) -> access.Actor | None:
    """What a user opens at sign-in: their place at the plan, the first active membership by id, what they accept.

    None when there is nothing to open. A place that is only accepted now brings no guard of its own: the change that
    accepts it has the condition that it still waits.
    """
    if around.staff is not None and around.staff.active:
        return actors.staff_actor(user, around.staff, origin)
    for membership in sorted(around.memberships, key=lambda membership: membership.id):
        if may_act(membership):
            return actors.member_actor(user, membership, origin, around.organizations[membership.organization_id])
    if invited.staff is not None:
        return _without_place(actors.staff_actor(user, invited.staff, origin))
    if invited.memberships:
        first = invited.memberships[0]
        organization = around.organizations[first.organization_id]
        return _without_place(actors.member_actor(user, first, origin, organization))
    return None


def _without_place(actor: access.Actor) -> access.Actor:
    about_user = [guard for guard in actor.guards if guard.key[1] == "USER"]
    return msgspec.structs.replace(actor, guards=tuple(about_user))


def accept(planned: Change, actor: access.Actor, user: User, invited: Waiting) -> access.Actor:
    """Plan that they are in; the actor as they are then, since a seat may have waited for them (ORG-5).

    What one change has no room for waits for their next sign-in.
    Raises, and so does the commit, when somebody changes one of the invitations meanwhile.
    """
    if invited.staff is not None:
        staff_actions.accept(planned, invited.staff, user.name)
    for membership in invited.memberships:
        if planned.room < _ROWS_TO_ACCEPT:
            break
        accepted = administrators.accept(planned, membership, user)
        if isinstance(actor, access.Member) and actor.membership_id == membership.id:
            actor = msgspec.structs.replace(actor, role=accepted.role)
    return actor
