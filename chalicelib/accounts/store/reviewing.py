"""Whose review is due: the index of memberships by when they were last verified (REV-1). It lags behind by moments.

Only keys stand there: whoever needs more reads the memberships themselves, strongly.
"""

from collections.abc import Iterator
from datetime import datetime

from pynamodb.expressions.condition import Condition

from chalicelib.accounts.store import sorting
from chalicelib.core.tables import ListedRow


def late(organization_id: str, most: int | None = None) -> Iterator[str]:
    """Ids of the suspended memberships, the longest unverified first."""
    return _along(organization_id, ListedRow.sort_review.startswith(sorting.LATE), most)


def verified_until(organization_id: str, until: datetime, most: int | None = None) -> Iterator[str]:
    """Ids of the active and inactive ones last verified at or before an instant, the longest unverified first."""
    # `$` sorts right behind `#`.
    last = f"{sorting.OPEN}{sorting.verified(until)}$"
    return _along(organization_id, ListedRow.sort_review.between(sorting.OPEN, last), most)


def everybody(organization_id: str, after: str | None, most: int) -> list[tuple[str, str]]:
    """The next who have a review to come, with their keys: the suspended, then the longest unverified first."""
    rows = ListedRow.by_review.query(
        f"ORG#{organization_id}", ListedRow.sort_review > after if after else None, limit=most
    )
    return [(row.sort_review, row.sort_review.rpartition("#")[2]) for row in rows]


def keys(organization_id: str, until: datetime | None = None, most: int | None = None) -> list[str]:
    """The keys of all who have a review to come, in that order: one call for some 6,000.

    With `until` of the suspended, and of those last verified at or before that.
    """
    # `$` sorts right behind `#`.
    last = None if until is None else ListedRow.sort_review <= f"{sorting.OPEN}{sorting.verified(until)}$"
    return [row.sort_review for row in ListedRow.by_review.query(f"ORG#{organization_id}", last, limit=most)]


def count_late(organization_id: str) -> int:
    """How many are suspended."""
    return _count(organization_id, ListedRow.sort_review.startswith(sorting.LATE))


def count_verified_until(organization_id: str, until: datetime) -> int:
    """How many of the active and inactive were last verified at or before an instant."""
    last = f"{sorting.OPEN}{sorting.verified(until)}$"
    return _count(organization_id, ListedRow.sort_review.between(sorting.OPEN, last))


def count_everybody(organization_id: str) -> int:
    """How many have a review to come."""
    return ListedRow.by_review.count(f"ORG#{organization_id}")


def first_verified_at(organization_id: str, after: datetime | None = None) -> datetime | None:
    """When the longest unverified, of those not suspended, was last verified; with `after`, the first of the others."""
    where: Condition = ListedRow.sort_review.startswith(sorting.OPEN)
    if after is not None:
        # `$` sorts right behind `#`, and letters behind all digits.
        where = ListedRow.sort_review.between(f"{sorting.OPEN}{sorting.verified(after)}$", f"{sorting.OPEN}Z")
    rows = ListedRow.by_review.query(f"ORG#{organization_id}", where, limit=1)
    return next((sorting.verified_at(row.sort_review) for row in rows), None)


def unverified(organization_id: str, until: datetime) -> list[tuple[datetime, str]]:
    """When they were last verified, and their ids: the active and inactive, to an instant, the longest first."""
    last = f"{sorting.OPEN}{sorting.verified(until)}$"
    rows = ListedRow.by_review.query(f"ORG#{organization_id}", ListedRow.sort_review.between(sorting.OPEN, last))
    return [(sorting.verified_at(row.sort_review), row.sort_review.rpartition("#")[2]) for row in rows]


def _along(organization_id: str, where: Condition, most: int | None) -> Iterator[str]:
    for row in ListedRow.by_review.query(f"ORG#{organization_id}", where, limit=most):
        yield row.sort_review.rpartition("#")[2]


def _count(organization_id: str, where: Condition) -> int:
    return ListedRow.by_review.count(f"ORG#{organization_id}", where)
