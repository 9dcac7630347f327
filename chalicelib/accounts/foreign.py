"""Whoever is of a practice decides nothing about it for the plan (REV-2, ORG-9, S-AZ-07)."""

from chalicelib.accounts import store as accounts
from chalicelib.core.change import Change
from chalicelib.core.errors import Forbidden


def require(planned: Change, organization_id: str, user_id: str) -> None:
    """Plan that somebody is not of the practice. The commit raises Forbidden `of_organization` when they are."""
    row = accounts.MemberClaimRow
    planned.check(
        row(*accounts.claim_key(organization_id, user_id)), row.pk.does_not_exist(), Forbidden("of_organization")
    )
