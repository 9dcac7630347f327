"""What waits for the administrators of an organization, at a bounded cost (NOT-5).

Two queries along the index of statuses and one of the requests, each of at most `MOST` rows: what is beyond is told as
"more".
"""

from datetime import datetime
from typing import Any, Literal

import msgspec
from pynamodb.pagination import ResultIterator

from chalicelib.accounts.domain import Membership, attention
from chalicelib.accounts.store import MembershipRow, membership_from_row, requests, sorting
from chalicelib.core.tables import ListedRow

MOST = 100
FIRST = 5

Kind = Literal["verification_pending", "access_request", "invitation_expired"]


class Waiting(msgspec.Struct, frozen=True):
    """How many wait, whether there are more than were looked at, and the first few by id and name."""

    count: int
    more: bool
    first: list[tuple[str, str]]


def waiting(organization_id: str, now: datetime) -> dict[Kind, Waiting]:
    """What waits in an organization, by kind."""
    pending, pending_more = _with_status(organization_id, "verification_pending")
    invited, invited_more = _with_status(organization_id, "unverified")
    expired = [one for one in invited if "invitation_expired" in attention.of(one, now, asks=False)]
    asked, asked_more = requests.first(organization_id, MOST)
    people = {request.membership_id: request.name for request in asked}
    return {
        "verification_pending": _waiting([(one.id, one.name) for one in pending], more=pending_more),
        "access_request": _waiting(list(people.items()), more=asked_more),
        "invitation_expired": _waiting([(one.id, one.name) for one in expired], more=invited_more and bool(expired)),
    }


def _waiting(people: list[tuple[str, str]], *, more: bool) -> Waiting:
    return Waiting(len(people), more, people[:FIRST])


def _with_status(
    organization_id: str, status: Literal["verification_pending", "unverified"]
) -> tuple[list[Membership], bool]:
    rows: ResultIterator[Any] = ListedRow.by_status.query(
        f"ORG#{organization_id}",
        ListedRow.sort_status.startswith(sorting.status_prefix(status)),
        limit=MOST + 1,
    )
    found = [membership_from_row(row) for row in rows if isinstance(row, MembershipRow)]
    return found[:MOST], len(found) > MOST
