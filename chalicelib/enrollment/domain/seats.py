"""Who fills the vacant seat of a practice (ORG-4): a backup whom enrollment approves. Nobody is promoted by itself."""

from collections.abc import Iterable
from typing import Literal

import msgspec

from chalicelib.accounts.domain import Membership, may_act
from chalicelib.accounts.domain.roster import Roster
from chalicelib.core.errors import Conflict
from chalicelib.organizations.domain import Organization

SeatState = Literal["vacant", "promised", "taken"]

_GONE = ("removed", "rejected")


def state(roster: Roster, holder: Membership | None) -> SeatState:
    """How the seat stands. Promised: whom enrollment approved, or the one before chose, has not come in yet.

    `holder`: whose membership the roster has in the seat, as it counts now. Whom a clock took still holds it: two of
    enrollment bring them back, or a nomination replaces them. Who never answered their invitation holds it no more.
    """
    if roster.handover is not None:
        return "promised"
    if roster.seat is None or holder is None or holder.status in _GONE:
        return "vacant"
    return "promised" if holder.status == "unverified" else "taken"


def candidates(organization: Organization, memberships: Iterable[Membership]) -> list[Membership]:
    """The backups who act, by name; `memberships` as they count now. Of a closed practice there is none."""
    found = [one for one in memberships if _may_be_seated(one)]
    return [] if organization.closed else sorted(found, key=lambda one: (one.name.casefold(), one.id))


def seated(organization: Organization, roster: Roster, holder: Membership | None, backup: Membership) -> Membership:
    """A backup in the seat.

    Raises Conflict `organization_closed`, `seat_taken`, `seat_promised`, `status_<status>` for one who does not act,
    `not_a_backup`.
    """
    if organization.closed:
        raise Conflict("organization_closed")
    stands = state(roster, holder)
    if stands != "vacant":
        raise Conflict(f"seat_{stands}")
    if not may_act(backup):
        raise Conflict(f"status_{backup.status}")
    if backup.role != "backup_administrator":
        raise Conflict("not_a_backup")
    return msgspec.structs.replace(backup, role="local_administrator", epoch=backup.epoch + 1)


def _may_be_seated(membership: Membership) -> bool:
    return may_act(membership) and membership.role == "backup_administrator"
