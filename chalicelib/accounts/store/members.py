"""All members of an organization, at once (MSG-1) or one after the other (ORG-9): for what concerns everybody."""

from chalicelib.accounts.domain import Membership
from chalicelib.accounts.store import MembershipRow, membership_from_row

# What an item must have to be a membership, with what tells who is meant. Less to read over the wire and to make
# objects of: of 5,000 members it saves seconds.
_NEEDED = ("pk", "sk", "cls", "user_id", "name", "email", "role", "status", "epoch")


def everybody(organization_id: str) -> list[Membership]:
    """The members of an organization, whatever their status, read strongly; without levels, providers and times."""
    rows = MembershipRow.query(
        f"ORG#{organization_id}",
        MembershipRow.sk.startswith("MEMBERSHIP#"),
        consistent_read=True,
        attributes_to_get=list(_NEEDED),
    )
    return [membership_from_row(row) for row in rows]


def some(organization_id: str, after: str, most: int) -> list[Membership]:
    """The next members of an organization by id, whatever their status, read strongly; `after` is an id or empty."""
    rows = MembershipRow.query(
        f"ORG#{organization_id}",
        MembershipRow.sk.between(f"MEMBERSHIP#{after}\x01" if after else "MEMBERSHIP#", "MEMBERSHIP#~"),
        consistent_read=True,
        limit=most,
        page_size=most,
    )
    return [membership_from_row(row) for row in rows]
