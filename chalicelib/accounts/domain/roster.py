"""The administrators of an organization: backup first, never without, handover (ORG-3, ORG-4, ORG-5).

The roster is one item per organization that every change of an administrator writes, because DynamoDB can't require
something of a query: two changes that each leave one administrator can't both commit.
"""

from datetime import datetime
from typing import Literal

import msgspec

from chalicelib.accounts.domain import Membership, may_act
from chalicelib.core.access import Role
from chalicelib.core.errors import Conflict, Forbidden

RosterWarning = Literal["without_administrator", "one_administrator", "no_backup", "seat_vacant"]
FormerBecomes = Literal["general_user", "backup_administrator"]


class Handover(msgspec.Struct, frozen=True):
    """The seat waits for somebody to become active (ORG-5)."""

    membership_id: str
    former_becomes: FormerBecomes
    decided_by_plan: bool = False
    """Enrollment approved the successor: the practice can neither take it back nor get around it (ORG-1, ORG-4)."""


class Roster(msgspec.Struct, frozen=True, kw_only=True):
    """Who administers an organization."""

    organization_id: str
    seat: str | None = None
    """Membership of the local administrator, active or not; None while the seat is vacant."""
    active: frozenset[str] = frozenset()
    """Active memberships with either administrator role: only they count and act (ORG-4)."""
    backups: frozenset[str] = frozenset()
    """Active backup administrators."""
    invited_backups: dict[str, datetime] = {}
    """When the live invitation of a backup ends, by membership."""
    handover: Handover | None = None
    version: int = 0


def is_administrator(role: Role) -> bool:
    """Whether a role is one of the two administrator roles."""
    return role != "general_user"


def has_backup(roster: Roster, now: datetime) -> bool:
    """Whether a backup is active or holds a live invitation, to the second (ORG-3)."""
    return bool(roster.backups) or any(now < ends for ends in roster.invited_backups.values())


def may_add(roster: Roster, added: Role, now: datetime) -> bool:
    """ORG-3: nobody but a backup is added before there is one."""
    return added == "backup_administrator" or has_backup(roster, now)


def require_backup(roster: Roster, added: Role, now: datetime) -> None:
    """Raises Conflict `backup_administrator_required` when nobody of this role may be added yet (ORG-3)."""
    if not may_add(roster, added, now):
        raise Conflict("backup_administrator_required")


def warnings(roster: Roster, now: datetime) -> list[RosterWarning]:
    """What the practice and enrollment are warned of (ORG-4)."""
    found: list[RosterWarning] = []
    if len(roster.active) < 2:
        found.append("one_administrator" if roster.active else "without_administrator")
    if not has_backup(roster, now):
        found.append("no_backup")
    if roster.seat is None:
        found.append("seat_vacant")
    return found


def seen(roster: Roster, *memberships: Membership) -> Roster:
    """The roster with memberships as they are now, one after the other; `version` stays, whoever writes raises it.

    Raises Conflict `last_administrator` when that would leave no active administrator, which no action of a person may
    do (ORG-4), and `changed_meanwhile` when somebody else sits in the seat.
    """
    after = roster
    for membership in memberships:
        after = _with(after, membership)
    if roster.active and not after.active:
        raise Conflict("last_administrator")
    return after


def lapsed(roster: Roster, membership: Membership) -> Roster:
    """The roster after a clock took an administrator away, which may leave none (ORG-4)."""
    return _with(roster, membership)


def _with(roster: Roster, membership: Membership) -> Roster:
    id_ = membership.id
    acts = may_act(membership)
    rest = msgspec.structs.replace(
        roster,
        seat=None if roster.seat == id_ else roster.seat,
        active=roster.active - {id_},
        backups=roster.backups - {id_},
    )
    if roster.handover is not None and roster.handover.membership_id == id_ and not _may_succeed(membership):
        rest = without_handover(rest)
    if roster.seat == id_ and membership.role != "local_administrator":
        # Whoever promised the seat has lost it: the plan fills it (ORG-4), as it may have decided already.
        rest = rest if rest.handover is not None and rest.handover.decided_by_plan else without_handover(rest)
    invited = {other: ends for other, ends in roster.invited_backups.items() if other != id_}
    if membership.role == "backup_administrator" and membership.status == "unverified":
        invited |= {id_: membership.invitation_ends_at} if membership.invitation_ends_at else {}
    seat = rest.seat
    if membership.role == "local_administrator":
        if seat is not None:
            raise Conflict
        seat = id_
        if rest.handover is not None and rest.handover.membership_id == id_:
            rest = without_handover(rest)
    backup = membership.role == "backup_administrator"
    return msgspec.structs.replace(
        rest,
        seat=seat,
        invited_backups=invited,
        active=rest.active | ({id_} if acts and is_administrator(membership.role) else set()),
        backups=rest.backups | ({id_} if acts and backup else set()),
    )


def without_handover(roster: Roster) -> Roster:
    """The roster with no handover waiting."""
    return msgspec.structs.replace(roster, handover=None)


def require_undecided(roster: Roster) -> None:
    """Raises Conflict `decided_by_plan` where enrollment has promised the seat to somebody (ORG-1, ORG-4)."""
    if roster.handover is not None and roster.handover.decided_by_plan:
        raise Conflict("decided_by_plan")


def require_no_successor(roster: Roster, membership_id: str) -> None:
    """Likewise for changes of the very member to whom enrollment promised it."""
    if roster.handover is not None and roster.handover.membership_id == membership_id:
        require_undecided(roster)


def decided(roster: Roster, successor: Membership) -> Roster:
    """The roster with the seat promised by enrollment; whoever sits there becomes a general user then (ORG-1)."""
    promise = Handover(successor.id, "general_user", decided_by_plan=True)
    return msgspec.structs.replace(roster, handover=promise)


def _may_succeed(membership: Membership) -> bool:
    return membership.status in ("unverified", "active")


def handing_over(roster: Roster, actor_membership: str, successor: Membership, becomes: FormerBecomes) -> Roster:
    """The roster with the seat promised to a member who isn't active yet (ORG-5).

    Raises Conflict `status_<status>` for somebody who can't become active by registering.
    """
    if roster.seat != actor_membership:
        raise Forbidden("seat_required")
    if not _may_succeed(successor):
        raise Conflict(f"status_{successor.status}")
    return msgspec.structs.replace(roster, handover=Handover(successor.id, becomes))


def without_seat(membership: Membership) -> Membership:
    """A local administrator who is disabled or removed gives up the seat: whoever fills it must be alone in it."""
    if membership.role == "local_administrator" and membership.status in ("disabled", "removed"):
        return msgspec.structs.replace(membership, role="general_user")
    return membership


def vacated(roster: Roster) -> Roster:
    """The roster with nobody in the seat, where whoever the roster has there is a member no more (ORG-4)."""
    return msgspec.structs.replace(roster, seat=None)


def handed_over(former: Membership, successor: Membership, becomes: FormerBecomes) -> tuple[Membership, Membership]:
    """Both memberships after the seat moved; the successor is active by then (ORG-5)."""
    if not may_act(successor):
        raise Conflict(f"status_{successor.status}")
    return (
        msgspec.structs.replace(former, role=becomes, epoch=former.epoch + 1),
        msgspec.structs.replace(successor, role="local_administrator", epoch=successor.epoch + 1),
    )
