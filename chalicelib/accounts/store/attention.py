"""Members who need attention (NOT-5): ranges of the index of statuses, so that nobody else is read."""

from datetime import datetime, timedelta

from pynamodb.expressions.condition import Condition

from chalicelib.accounts.domain import Membership
from chalicelib.accounts.store import MembershipRow, membership_from_row, sorting
from chalicelib.core.tables import ListedRow


def pending(organization_id: str, most: int) -> tuple[list[Membership], bool]:
    """The first who wait for verification, by name, and whether there are more."""
    return _along(
        organization_id, ListedRow.sort_status.startswith(sorting.status_prefix("verification_pending")), most
    )


def invitations_ended(organization_id: str, now: datetime, most: int) -> tuple[list[Membership], bool]:
    """The first whose invitation ended long since, and whether there are more; those it ends for in this second too.

    The keys are to the second: the end has to be compared.
    """
    unverified = sorting.status_prefix("unverified")
    until = sorting.invited_until(now + timedelta(seconds=1))
    return _along(organization_id, ListedRow.sort_status.between(unverified, unverified + until), most)


def _along(organization_id: str, where: Condition, most: int) -> tuple[list[Membership], bool]:
    rows = list(ListedRow.by_status.query(f"ORG#{organization_id}", where, limit=most + 1))
    return [membership_from_row(row) for row in rows[:most] if isinstance(row, MembershipRow)], len(rows) > most
