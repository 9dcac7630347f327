"""What waits for a second person about a practice, as enrollment sees it (ORG-9)."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import msgspec

from chalicelib.accounts import plan_places
from chalicelib.core.tables import DirectoryRows
from chalicelib.enrollment.domain import changes as rules
from chalicelib.enrollment.domain.changes import Kind, Proposal
from chalicelib.enrollment.store import changes as store
from chalicelib.enrollment.store.changes import Listed
from chalicelib.organizations import store as organizations
from chalicelib.organizations.domain import Organization
from chalicelib.plan.domain import StaffMember


class ChangedPractice(msgspec.Struct, frozen=True):
    """The practice that another one is to merge into."""

    id: str
    name: str
    tin: str


class ProposalView(msgspec.Struct, kw_only=True):
    """What one of enrollment proposed; somebody else confirms it, or it is withdrawn."""

    kind: Kind
    by_name: str
    at: datetime
    ends_at: datetime
    """From then on it counts no more."""
    own: bool
    """Whether it is one's own, which somebody else confirms."""
    tin: str | None
    """The new one."""
    into: ChangedPractice | None
    seen: str
    """What stands for all of it; a confirmation sends it back."""


def among(rows: DirectoryRows, organization: Organization, user_id: str, now: datetime) -> list[ProposalView]:
    """What waits for a second person, of rows that were read together with `store.keys`.

    A batch for each of those who proposed, and one where practices are to merge.
    """
    if organization.closed:
        return []
    kept = store.all_among(rows, organization.id)
    targets = organizations.by_id(one.into for one in kept if one.into is not None)
    found = [(one, targets.get(one.into or "")) for one in kept]
    return [view(one, into, user_id) for one, into in found if first_place(one, organization, into, now) is not None]


def first_place(
    proposal: Proposal, organization: Organization, into: Organization | None, now: datetime
) -> StaffMember | None:
    """The place at the plan of whoever proposed it, as long as the proposal counts.

    Whoever left, or has another job there, is no second pair of eyes.
    """
    if not rules.counts(proposal, organization, into, now):
        return None
    place = plan_places.current(proposal.by, now)
    return place if _is_of_enrollment(place) else None


def counting(listed: Sequence[Listed], now: datetime) -> list[tuple[Proposal, Organization]]:
    """Those of the list that still count, with their practices: a batch for each hundred rows of each kind."""
    ids = {one.organization_id for one in listed}
    kept = DirectoryRows({store.key(one.organization_id, one.kind) for one in listed})
    found = [store.among(kept, one.organization_id, one.kind) for one in listed]
    proposals = [one for one in found if one is not None]
    practices = organizations.by_id(ids | {one.into for one in proposals if one.into is not None})
    places = plan_places.current_of({one.by for one in proposals}, now)
    return [
        (one, practices[one.organization_id])
        for one in proposals
        if _is_of_enrollment(places.get(one.by)) and _still(one, practices, now)
    ]


def _still(proposal: Proposal, practices: Mapping[str, Organization], now: datetime) -> bool:
    organization = practices.get(proposal.organization_id)
    return organization is not None and rules.counts(proposal, organization, practices.get(proposal.into or ""), now)


def _is_of_enrollment(place: StaffMember | None) -> bool:
    return place is not None and place.active and "enrollment" in place.roles


def view(proposal: Proposal, into: Organization | None, user_id: str) -> ProposalView:
    """A proposal as one of enrollment sees it."""
    return ProposalView(
        kind=proposal.kind,
        by_name=proposal.by_name,
        at=proposal.at,
        ends_at=proposal.ends_at,
        own=proposal.by == user_id,
        tin=proposal.tin or None,
        into=None if into is None else ChangedPractice(into.id, into.name, into.tin),
        seen=rules.seen(proposal),
    )
