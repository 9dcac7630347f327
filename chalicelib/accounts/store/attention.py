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
from chalicelib.accounts.store import MembershipRow, membership_from_row, requests, reset_cases, rosters, sorting
from chalicelib.core.access import Actor, Member, Staff, StaffRole
from chalicelib.core.tables import DirectoryRows, ListedRow

MOST = 100
FIRST = 5

Kind = Literal["verification_pending", "access_request", "invitation_expired", "reset_case"]


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


def reset_cases_of(actor: Actor, now: datetime) -> Waiting:
    """Cases of the helpdesk that an actor may confirm (CRD-5): one query, and for the plan one batch of rosters.

    For administrators those of their organization; for enrollment those of organizations without another one; for plan
    administrators those of staff. Never one's own.
    """
    organization_id = actor.organization_id if isinstance(actor, Member) else None
    found, more = reset_cases.first(organization_id, MOST)
    lasting = [
        one
        for one in found
        if one.waits and one.ends_at > now and actor.id not in {one.user_id, one.opened_by, *one.confirmed_by}
    ]
    if isinstance(actor, Staff):
        asked = _by_plan(lasting)
        lasting = [one for one in lasting if asked[one.id] in actor.roles]
    people = [(one.membership_id or one.user_id, one.name) for one in lasting]
    return _waiting(people, more=more and bool(people))


def _by_plan(cases: list[reset_cases.OpenCase]) -> dict[str, StaffRole | None]:
    """Which role of the plan confirms a case, if any does."""
    keys = {rosters.key(one.organization_id) for one in cases if one.organization_id is not None}
    rows = DirectoryRows(keys) if keys else None
    found: dict[str, StaffRole | None] = {one.id: "plan_administrator" for one in cases}
    for one in cases:
        if one.organization_id is not None and rows is not None:
            roster = rosters.among(rows, one.organization_id)
            others = roster.active - {one.membership_id, one.opener_membership_id}
            found[one.id] = None if others else "enrollment"
    return found


def _along(organization_id: str, where: Condition, need: attention.Need, now: datetime) -> Waiting:
    """Those in a part of the index of statuses who have a need."""
    rows = list(ListedRow.by_status.query(f"ORG#{organization_id}", where, limit=MOST + 1))
    found: list[Membership] = [membership_from_row(row) for row in rows[:MOST] if isinstance(row, MembershipRow)]
    return _waiting(((one.id, one.name) for one in found if need in attention.of(one, now)), more=len(rows) > MOST)


def _waiting(people: Iterable[tuple[str, str]], *, more: bool) -> Waiting:
    counted = list(people)
    return Waiting(len(counted), more, counted[:FIRST])
