"""Whose review of the plan's staff is due: an index by when they were last verified (ACC-11), which lags by moments."""

from datetime import UTC, datetime

from pynamodb.attributes import UTCDateTimeAttribute
from pynamodb.expressions.condition import Condition

from chalicelib.core.change import Change
from chalicelib.core.errors import Refusal
from chalicelib.core.tables import DirectoryRow, ListedRow
from chalicelib.plan.domain import StaffMember, staff_causes

_STAFF = "STAFF"
_FORM = "%Y%m%dT%H%M%S.%f"
_LATE, _OPEN = "0#", "1#"
_KEY = ("PLAN", "STAFF_REVIEW")


class StaffReviewRow(DirectoryRow, discriminator="staff_review"):
    """Of what plan administrators were reminded: pk `PLAN`, sk `STAFF_REVIEW`."""

    reminded_for = UTCDateTimeAttribute()


def sort_review(member: StaffMember) -> str | None:
    """The key by which one of the staff is found, the suspended first; none of those who have no review to come."""
    if not member.belongs or member.verified_at is None:
        return None
    late = "suspended" in staff_causes(member)
    return f"{_LATE if late else _OPEN}{_verified(member.verified_at)}#{member.user_id}"


def verified_until(until: datetime) -> list[str]:
    """User ids of those who are not suspended and were last verified at or before an instant, the longest ago first."""
    # `$` sorts right behind `#`.
    rows = ListedRow.by_review.query(_STAFF, ListedRow.sort_review.between(_OPEN, f"{_OPEN}{_verified(until)}$"))
    return [row.sort_review.rpartition("#")[2] for row in rows]


def open_until(until: datetime, most: int | None = None) -> list[str]:
    """Likewise with the suspended, who come first."""
    rows = ListedRow.by_review.query(_STAFF, ListedRow.sort_review <= f"{_OPEN}{_verified(until)}$", limit=most)
    return [row.sort_review.rpartition("#")[2] for row in rows]


def first_verified_after(after: datetime) -> datetime | None:
    """When the one was last verified who is next, after an instant."""
    rows = ListedRow.by_review.query(_STAFF, ListedRow.sort_review > f"{_OPEN}{_verified(after)}$", limit=1)
    for row in rows:
        return datetime.strptime(row.sort_review.split("#")[1], _FORM).replace(tzinfo=UTC)
    return None


def reminded_for() -> datetime | None:
    """The instant of the stage that plan administrators were last reminded of."""
    try:
        at: datetime = StaffReviewRow.get(*_KEY, consistent_read=True).reminded_for
    except StaffReviewRow.DoesNotExist:
        return None
    return at


def plan_reminded(change: Change, before: datetime | None, at: datetime, error: Refusal) -> None:
    """Plan that they were reminded of a stage. The commit raises `error` when somebody else did so meanwhile."""
    row = StaffReviewRow
    same: Condition = row.pk.does_not_exist() if before is None else row.reminded_for == before
    change.put(row(*_KEY, reminded_for=at), same, error)


def _verified(at: datetime) -> str:
    return f"{at.astimezone(UTC):{_FORM}}"
