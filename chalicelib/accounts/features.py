"""Whether a feature can be used by somebody now: its phase says from when (ORG-8), its access level who (ACC-5)."""

from datetime import datetime

import msgspec

from chalicelib.accounts.actions import access
from chalicelib.core.access import AccessLevel, Member
from chalicelib.core.errors import Forbidden
from chalicelib.core.tables import DirectoryRows
from chalicelib.organizations import store as organizations
from chalicelib.organizations.domain import Organization
from chalicelib.plan import store as plan_store
from chalicelib.plan.domain import phases
from chalicelib.plan.domain.phases import FEATURES, Feature, Standing
from chalicelib.plan.store import phases as store


class Around(msgspec.Struct, frozen=True):
    """An organization and how each feature stands for it."""

    organization: Organization
    standings: dict[Feature, Standing]


def of_organization(organization_id: str, now: datetime) -> Around:
    """How features stand for an organization: a batch, and another one where it is in a wave."""
    own = organizations.organization_key(organization_id)
    rows = DirectoryRows([own, plan_store.SETTINGS_KEY, *store.keys(organization_id, None)])
    organization = organizations.organization_among(rows, organization_id)
    scopes = store.of_organization(rows, organization_id, None)
    if organization.wave_id is not None:
        scopes.insert(1, store.scoped("wave", organization.wave_id).phases)
    zone = plan_store.settings_among(rows).time_zone
    return Around(organization, {feature: phases.state_of(feature, scopes, zone, now) for feature in FEATURES})


def require(actor: Member, feature: Feature, now: datetime) -> Standing:
    """Let somebody use a feature: every route of one begins with it.

    Raises Forbidden `access_level_required` without its access level, whether it is on or not, and `feature_coming`
    while it is off for their organization (ORG-8).
    """
    return _usable(actor, phases.LEVELS[feature], (feature,), now)[0]


def enter(actor: Member, level: AccessLevel, now: datetime) -> list[Standing]:
    """Let somebody into the part of the portal behind an access level, where any of its features can be used.

    `manage_account` has none: its part is always there. Raises as `require`.
    """
    return _usable(actor, level, phases.levels_features(level), now)


def _usable(actor: Member, level: AccessLevel, features: tuple[Feature, ...], now: datetime) -> list[Standing]:
    found: list[Standing] = []
    if features and level in actor.access_levels:
        standings = of_organization(actor.organization_id, now).standings
        found = [standings[feature] for feature in features]
        if not any(standing.usable for standing in found):
            raise Forbidden("feature_coming", access_level=level)
    # Last, since it remembers that the level was used.
    access.require_level(actor, level, now)
    return found
