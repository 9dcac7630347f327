"""Sort keys of the member lists: what the indexes of the directory table order by, and what a search looks into."""

from datetime import UTC, datetime
from typing import get_args

from chalicelib.accounts.domain import Membership, Status
from chalicelib.core.access import Role
from chalicelib.core.writing import folded, sort_key

# ACC-3: those that wait for somebody come first, those that are gone last.
_STATUSES: tuple[Status, ...] = get_args(Status)
_ROLES: tuple[Role, ...] = get_args(Role)


def by_name(membership: Membership) -> str:
    """By name; the id keeps people of one name apart."""
    return f"{sort_key(membership.name)}#{membership.id}"


def by_email(membership: Membership) -> str:
    """By address."""
    return f"{sort_key(membership.email)}#{membership.id}"


def by_status(membership: Membership) -> str:
    """By status, then name; the unverified by when their invitation ends, so that those whose has ended come first."""
    within = invited_until(membership.invitation_ends_at) if membership.status == "unverified" else ""
    return status_prefix(membership.status) + within + by_name(membership)


def invited_until(ends: datetime | None) -> str:
    """What orders the unverified: those without an invitation come first."""
    return f"{ends.astimezone(UTC):%Y%m%dT%H%M%S}#" if ends else "#"


def by_role(membership: Membership) -> str:
    """By role, then name."""
    return role_prefix(membership.role) + by_name(membership)


def by_review(membership: Membership) -> str | None:
    """By when they were last verified, the suspended first; nobody who has no review to come (REV-1)."""
    if membership.status not in ("active", "inactive", "suspended") or membership.verified_at is None:
        return None
    late = "suspended" in membership.causes or membership.status == "suspended"
    return (LATE if late else OPEN) + verified(membership.verified_at) + f"#{membership.id}"


LATE, OPEN = "0#", "1#"
"""What the keys of the suspended begin with, and those of all others whose review is to come."""


def verified(at: datetime) -> str:
    """What orders them: the instant to the microsecond."""
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%S.%f}"


def verified_at(key: str) -> datetime:
    """The instant in such a key."""
    return datetime.strptime(key.split("#")[1], "%Y%m%dT%H%M%S.%f").replace(tzinfo=UTC)


def status_prefix(status: Status) -> str:
    """What the keys of everybody with a status begin with."""
    return f"{_STATUSES.index(status)}#"


def role_prefix(role: Role) -> str:
    """What the keys of everybody with a role begin with."""
    return f"{_ROLES.index(role)}#"


def sought(membership: Membership) -> str:
    """What a search looks into; a line break, which no term has, keeps name and address apart."""
    return f"{folded(membership.name)}\n{folded(membership.email)}"
