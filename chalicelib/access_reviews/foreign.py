"""What of the suspect reviews somebody can't settle: their own, and those of a practice they are of (S-AZ-09)."""

from collections.abc import Sequence

from chalicelib.access_reviews.domain.pace import Suspect
from chalicelib.accounts import store as accounts
from chalicelib.core.tables import DirectoryRows


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
