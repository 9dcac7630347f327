"""What moves a membership from one status to another: the table of product rules, section 3, as data.

A registered membership may be disabled, suspended and inactive at the same time. The causes are kept apart, the
strongest one is shown, and each has to be lifted by its own remedy.
"""

from datetime import datetime, timedelta
from typing import Literal, get_args

import msgspec

from chalicelib.accounts.domain import Cause, Membership, Status, clocks
from chalicelib.accounts.domain.clocks import Clock
from chalicelib.core.errors import Conflict
from chalicelib.organizations.domain import Organization

Move = Literal["enable", "disable", "reject", "remove", "complete", "lapse", "suspend", "verify"]
"""`enable`, `disable`, `reject`, `remove`: an administrator. `complete`: the person registers or accepts. `lapse`,
`suspend`: a clock. `verify`: a review decides to keep."""

_CAUSES: tuple[Cause, ...] = get_args(Cause)  # the strongest first

# From which shown status a move is open. Lifting moves look at the causes instead.
_FROM: dict[Move, frozenset[Status]] = {
    "disable": frozenset({"active", "unverified"}),
    "reject": frozenset({"verification_pending"}),
    "remove": frozenset(get_args(Status)) - {"rejected", "removed"},
    "complete": frozenset({"unverified"}),
    "lapse": frozenset({"active", "suspended"}),
    "suspend": frozenset({"active", "inactive"}),
}
_LIFTS: dict[Move, frozenset[Cause]] = {
    "enable": frozenset({"disabled", "inactive"}),
    "verify": frozenset({"suspended"}),
}
_BRINGS: dict[Move, Cause] = {"disable": "disabled", "lapse": "inactive", "suspend": "suspended"}
_ENDS: dict[Move, Status] = {"reject": "rejected", "remove": "removed"}
_FINAL = frozenset(_ENDS.values())

INVITATION = timedelta(hours=72)
"""How long a mailed registration link lives (CRD-6)."""
ANSWERED_WITHIN = timedelta(days=90)
"""How long an invitation or a request to register waits for an answer (section 3)."""

COMMENTED: frozenset[Move] = frozenset({"disable", "reject"})
"""Moves that need a comment (section 3)."""


def causes_of(membership: Membership) -> frozenset[Cause]:
    """Every cause that holds, the shown one included."""
    return membership.causes | {cause for cause in _CAUSES if cause == membership.status}


def allows(membership: Membership, move: Move) -> bool:
    """Whether the table has this move from where the membership is."""
    if membership.status in _FINAL:
        return False
    if move == "enable" and membership.status == "verification_pending":
        return True
    if move == "verify" and membership.status in ("active", "inactive"):
        # Early verification is welcome (REV-1).
        return True
    if move in _LIFTS:
        return bool(_LIFTS[move] & causes_of(membership))
    return membership.status in _FROM[move] and _BRINGS.get(move) not in causes_of(membership)


def invited_again(membership: Membership, now: datetime) -> Membership:
    """The membership with a new registration link from `now` on (ACC-4, ORG-1).

    Raises Conflict `status_<status>` for whoever has registered, or isn't invited.
    """
    membership = as_of(membership, now)
    if not allows(membership, "complete"):
        raise Conflict(f"status_{membership.status}")
    return msgspec.structs.replace(membership, invitation_ends_at=now + INVITATION)


def waits_until(membership: Membership) -> datetime | None:
    """When a membership that waits to be verified or accepted ends unanswered; None when it waits for nobody."""
    if membership.status not in ("verification_pending", "unverified") or membership.created_at is None:
        return None
    since = [membership.created_at]
    if membership.invitation_ends_at is not None:
        since.append(membership.invitation_ends_at - INVITATION)
    if membership.enabled_at is not None:
        since.append(membership.enabled_at)
    return max(since) + ANSWERED_WITHIN


def as_of(membership: Membership, now: datetime, clock: Clock | None = None) -> Membership:
    """The membership as it counts at `now`, to the second, whatever a job has made of it.

    Unanswered it is removed, and so is each of a practice that has ended (ORG-9); unused for too long it is inactive
    (INA-1), not verified in time suspended (REV-1). Where no access is at stake the `clock` may be left out.
    """
    if clock is not None and clock.organization is not None:
        membership = of_organization(membership, clock.organization)
    ends = waits_until(membership)
    if ends is not None and ends <= now:
        return msgspec.structs.replace(membership, status="removed")
    if clock is None:
        return membership
    if unused(membership, clock, now) and allows(membership, "lapse"):
        membership = _caused(membership, causes_of(membership) | {"inactive"})
    due = clocks.review_due_at(membership.verified_at, clock.settings, clock.organization)
    if due is not None and due <= now and allows(membership, "suspend"):
        membership = _caused(membership, causes_of(membership) | {"suspended"})
    return membership


def of_organization(membership: Membership, organization: Organization) -> Membership:
    """The membership as it counts in its organization: one that has ended has no members any more (ORG-9)."""
    if not organization.closed or membership.status in _FINAL:
        return membership
    return msgspec.structs.replace(membership, status="removed")


def unused(membership: Membership, clock: Clock, now: datetime) -> bool:
    """Whether a membership has been unused for too long at `now` (INA-1)."""
    if clock.activity is None:
        return False
    ends = clocks.inactive_at(clock.activity, membership.enabled_at, clock.settings)
    return ends is not None and ends <= now


def _caused(membership: Membership, causes: frozenset[Cause]) -> Membership:
    shown = next((cause for cause in _CAUSES if cause in causes), _base(accepted=membership.accepted))
    return msgspec.structs.replace(membership, status=shown, causes=causes)


def shows_sign_ins(membership: Membership) -> bool:
    """Whether an organization sees when the person last signed in: from when they accepted until they are gone.

    Before and after, that they have a sign-in somewhere else is none of its business (ACC-8, S-AUTH-07).
    """
    return membership.accepted and membership.status not in _FINAL


def may_have_password_reset(membership: Membership) -> bool:
    """Whether a new password would be of any use: they registered, and nobody shut them out."""
    return membership.accepted and membership.status in ("active", "inactive", "suspended")


def moved(membership: Membership, move: Move, now: datetime) -> Membership:
    """The membership after a move. Raises Conflict `status_<current status>` for one that the table doesn't have."""
    if not allows(membership, move):
        raise Conflict(f"status_{membership.status}")
    causes = causes_of(membership) - _LIFTS.get(move, frozenset())
    if move in _BRINGS:
        causes |= {_BRINGS[move]}
    accepted = membership.accepted and membership.status not in ("verification_pending", "unverified")
    accepted |= move == "complete"
    return msgspec.structs.replace(
        membership,
        status=_ENDS.get(move) or next((cause for cause in _CAUSES if cause in causes), _base(accepted=accepted)),
        causes=causes,
        accepted=accepted,
        # REV-1: due 90 days after activation. INA-1: unused time counts from the last enabling.
        verified_at=now if move in ("complete", "verify") else membership.verified_at,
        invitation_ends_at=_invited_until(membership, move, now),
        enabled_at=now if move in ("enable", "complete") else membership.enabled_at,
        # Whoever comes back asks anew.
        asks_for=frozenset() if move in _ENDS else membership.asks_for,
        # Early verification changes nothing that they may: what they are doing right now goes on.
        epoch=membership.epoch + (move != "verify" or "suspended" in causes_of(membership)),
    )


def _invited_until(membership: Membership, move: Move, now: datetime) -> datetime | None:
    """An invitation ends with disabling: enabled again, the person is invited anew."""
    ends = membership.invitation_ends_at
    return min(ends, now) if ends is not None and move == "disable" and membership.status == "unverified" else ends


def _base(*, accepted: bool) -> Status:
    return "active" if accepted else "unverified"
