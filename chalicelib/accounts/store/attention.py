"""What waits for the administrators of an organization, at a bounded cost (NOT-5).

Two queries along the index of statuses and one of the requests, each of at most `MOST` rows and one: what is beyond is
told as "more". Each finds only what it counts.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Literal

import msgspec
from pynamodb.expressions.condition import Condition

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
    pending = ListedRow.sort_status.startswith(sorting.status_prefix("verification_pending"))
    unverified = sorting.status_prefix("unverified")
    # To the second, as the keys are: an invitation that ends within this one is looked at, and its end compared.
    ended = ListedRow.sort_status.between(unverified, unverified + sorting.invited_until(now + timedelta(seconds=1)))
    asked, asked_more = requests.first(organization_id, MOST)
    people = {request.membership_id: request.name for request in asked}
    return {
        "verification_pending": _along(organization_id, pending, "verification_pending", now),
        "access_request": _waiting(people.items(), more=asked_more),
        "invitation_expired": _along(organization_id, ended, "invitation_expired", now),
    }


def _along(organization_id: str, where: Condition, need: attention.Need, now: datetime) -> Waiting:
    """Those in a part of the index of statuses who have a need."""
    rows = list(ListedRow.by_status.query(f"ORG#{organization_id}", where, limit=MOST + 1))
    found: list[Membership] = [membership_from_row(row) for row in rows[:MOST] if isinstance(row, MembershipRow)]
    return _waiting(((one.id, one.name) for one in found if need in attention.of(one, now)), more=len(rows) > MOST)


def _waiting(people: Iterable[tuple[str, str]], *, more: bool) -> Waiting:
    counted = list(people)
    return Waiting(len(counted), more, counted[:FIRST])
