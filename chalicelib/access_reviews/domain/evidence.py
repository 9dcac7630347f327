"""What is kept of a decision: who decided what about whom, when, and what they saw (REV-5)."""

from datetime import datetime

import msgspec

from chalicelib.access_reviews.domain.cards import Shown, Verdict
from chalicelib.accounts.domain import Membership, Status, rights
from chalicelib.core.access import AccessLevel, Role


class Reviewer(msgspec.Struct, frozen=True):
    """Who decided, as they were called then. The id is their user's."""

    id: str
    name: str


class Reviewed(msgspec.Struct, frozen=True):
    """About whom, as they were called then. The id is the membership's."""

    id: str
    name: str
    email: str


class After(msgspec.Struct, frozen=True, kw_only=True):
    """What came of it."""

    role: Role
    access_levels: list[AccessLevel]
    providers: list[str]
    status: Status


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """One decision, kept verbatim."""

    id: str
    at: datetime
    reviewer: Reviewer
    confirmed_by: Reviewer | None = None
    """The second of two of the plan, who review a sole administrator (REV-2)."""
    member: Reviewed
    decision: Verdict
    reason: str
    seen: Shown
    after: After
    seconds: float | None = None
    """Since the same reviewer's decision before; null for their first in a while."""


def after(membership: Membership) -> After:
    """A membership as a decision left it."""
    return After(
        role=membership.role,
        access_levels=sorted(rights.effective_levels(membership.role, membership.access_levels)),
        providers=sorted(membership.providers),
        status=membership.status,
    )
