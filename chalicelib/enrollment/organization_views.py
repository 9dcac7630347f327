"""A practice as enrollment's page shows it (ORG-1, ORG-9)."""

from datetime import datetime

import msgspec

from chalicelib.core.access import AccessLevel, Staff
from chalicelib.core.answers import Named
from chalicelib.core.tables import DirectoryRows
from chalicelib.enrollment import open_changes
from chalicelib.enrollment.domain.nominations import ShownState, shown_state
from chalicelib.enrollment.onboarding import Onboarding, onboarding
from chalicelib.enrollment.open_changes import ProposalView
from chalicelib.enrollment.store import changes, nominations, unreachable, waves
from chalicelib.organizations import store
from chalicelib.organizations.domain import Organization


class NominationState(msgspec.Struct):
    """The newest nomination."""

    id: str
    state: ShownState


class OrganizationView(msgspec.Struct, kw_only=True):
    """Everything that enrollment knows of a practice."""

    id: str
    name: str
    tin: str
    npis: list[str]
    tin_verified: bool
    executive_name: str
    executive_email: str
    unreached: bool
    """Whether no mail reaches the chief executive (NOT-4)."""
    relations_contact: str
    entitlements: list[AccessLevel]
    wave: Named | None
    closed_at: datetime | None
    merged_into: Named | None
    version: int
    onboarding: Onboarding
    nomination: NominationState | None
    changes: list[ProposalView]
    """What waits for a second person (ORG-9)."""


def organization_view(actor: Staff, one: Organization, now: datetime) -> OrganizationView:
    """A practice with how far it is and what waits: a few batches."""
    keys = [nominations.current_key(one.id), unreachable.key(one.id), *changes.keys(one.id)]
    keys += [waves.key(one.wave_id)] if one.wave_id is not None else []
    keys += [store.organization_key(one.merged_into)] if one.merged_into is not None else []
    rows = DirectoryRows(keys)
    current = nominations.current_id_among(rows, one.id)
    nomination = None if current is None else nominations.nomination(one.id, current)
    wave = waves.wave_among(rows, one.wave_id) if one.wave_id is not None else None
    into = store.find_among(rows, one.merged_into) if one.merged_into is not None else None
    return OrganizationView(
        id=one.id,
        name=one.name,
        tin=one.tin,
        npis=sorted(one.npis),
        tin_verified=one.tin_verified,
        executive_name=one.executive_name,
        executive_email=one.executive_email,
        unreached=unreachable.among(rows, one) is not None,
        relations_contact=one.relations_contact,
        entitlements=sorted(one.entitlements),
        wave=None if wave is None else Named(wave.id, wave.name),
        closed_at=one.closed_at,
        merged_into=None if into is None else Named(into.id, into.name),
        version=one.version,
        onboarding=onboarding(one, now),
        nomination=None if nomination is None else NominationState(nomination.id, shown_state(nomination, now)),
        changes=open_changes.among(rows, one, actor.id, now),
    )
