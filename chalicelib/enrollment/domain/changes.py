"""What two of enrollment do together: another TIN, the end of a practice, a merger (ORG-9).

The first proposes, somebody else confirms what is shown to both. Neither of them is of a practice that it concerns.
"""

import hashlib
from datetime import datetime, timedelta
from typing import Annotated, Literal

import msgspec

from chalicelib.accounts.domain import Membership
from chalicelib.core.errors import FieldError, Forbidden
from chalicelib.organizations.domain import Organization

Kind = Literal["tin", "close", "merge"]
Digest = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}$(?!\n)")]
"""What stands for all that the second person was shown."""
KINDS: tuple[Kind, ...] = ("tin", "close", "merge")

LASTS = timedelta(days=14)
"""How long a proposal waits for the second person."""


class Proposal(msgspec.Struct, frozen=True, kw_only=True):
    """What the first of two proposed."""

    kind: Kind
    organization_id: str
    by: str
    """User id."""
    by_name: str
    at: datetime
    tin: str = ""
    """The new one."""
    into: str | None = None
    """Id of the organization that it merges into."""
    facts: str
    """Digest of the practices as they were proposed about."""

    @property
    def ends_at(self) -> datetime:
        """From then on it counts no more."""
        return self.at + LASTS


def facts(organization: Organization, into: Organization | None) -> str:
    """What stands for the practices that a change is about: as long as it is the same, the two mean the same."""
    shown = [[one.id, one.name, one.tin, sorted(one.npis), one.closed] for one in (organization, into) if one]
    return _digest(shown)


def counts(proposal: Proposal, organization: Organization, into: Organization | None, now: datetime) -> bool:
    """Whether a proposal still waits: its time isn't over, and what it is about hasn't changed."""
    return now < proposal.ends_at and proposal.facts == facts(organization, into)


def seen(proposal: Proposal) -> str:
    """What stands for all that the second person is shown; their confirmation names it."""
    return _digest(msgspec.to_builtins(proposal))


def require_second(proposal: Proposal, user_id: str) -> None:
    """Raises Forbidden `second_person_required` for whoever proposed it."""
    if proposal.by == user_id:
        raise Forbidden("second_person_required")


def check_merger(organization: Organization, into: Organization | None, *, has_administrator: bool) -> list[FieldError]:
    """Why a practice can't merge into another one, which is open and has an administrator who acts (ORG-9)."""
    if into is None:
        return [FieldError("/into", "unknown_organization")]
    if into.id == organization.id:
        return [FieldError("/into", "same_organization")]
    if into.closed:
        return [FieldError("/into", "organization_closed")]
    return [] if has_administrator else [FieldError("/into", "without_administrator")]


def comes_along(membership: Membership) -> bool:
    """Whether a merger invites somebody to the other practice: not who was shut out, or never verified (ORG-9)."""
    return membership.status in ("active", "unverified", "inactive", "suspended")


def _digest(value: object) -> str:
    return hashlib.sha256(msgspec.json.encode(value, order="deterministic")).hexdigest()
