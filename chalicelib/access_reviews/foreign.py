"""Whoever is of a practice decides nothing about it for the plan (REV-2, S-AZ-09)."""

from collections.abc import Sequence

from chalicelib.access_reviews.domain.pace import Suspect
from chalicelib.accounts import store as accounts
from chalicelib.core.change import Change
from chalicelib.core.errors import Forbidden
from chalicelib.core.tables import DirectoryRows


def require(planned: Change, organization_id: str, user_id: str) -> None:
    """Plan that somebody is not of the practice. The commit raises Forbidden `of_organization` when they are."""
    row = accounts.MemberClaimRow
    planned.check(
        row(*accounts.claim_key(organization_id, user_id)), row.pk.does_not_exist(), Forbidden("of_organization")
    )


def own(user_id: str, suspects: Sequence[Suspect]) -> frozenset[str]:
    """Ids of those that somebody can't settle: they made them themself, or are of that practice. One batch."""
    keys = {one.organization_id: accounts.claim_key(one.organization_id, user_id) for one in suspects}
    rows = DirectoryRows(keys.values()) if keys else None
    return frozenset(
        one.id
        for one in suspects
        if one.reviewer.id == user_id
        or (rows is not None and rows.get(accounts.MemberClaimRow, keys[one.organization_id]) is not None)
    )
