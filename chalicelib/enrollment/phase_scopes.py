"""For whom phases of features are kept, by name: the plan, waves, organizations (ORG-8)."""

from collections.abc import Iterable
from datetime import datetime

import msgspec

from chalicelib.core.cursors import Page
from chalicelib.core.tables import DirectoryRows
from chalicelib.enrollment.domain.waves import Wave
from chalicelib.enrollment.store import waves
from chalicelib.organizations import store as organizations
from chalicelib.organizations.domain import Organization
from chalicelib.plan import store as plan_store
from chalicelib.plan.domain import phases as rules
from chalicelib.plan.domain.phases import FEATURES, Feature, Phase, Phases, Scope, Standing
from chalicelib.plan.store import phases as store
from chalicelib.plan.store.phases import Scoped

PLAN = "plan"
PAGE = 25


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """How a feature stands in a scope, and why."""

    own: Phase | None
    standing: Standing
    decided_by: Scope | None
    """The scope whose phase holds; None where no phase speaks of it."""


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """A scope as a plan administrator sees it."""

    scoped: Scoped
    name: str
    """Empty for the plan."""
    wave: Wave | None
    """Of an organization: the wave it follows where it has no phase of its own."""
    lines: dict[Feature, Line]


def scoped(scope_id: str) -> Scoped | None:
    """The phases that a scope has itself; None when there is no such wave or organization."""
    if scope_id == PLAN:
        return store.scoped("plan")
    if scope_id.startswith("wav_"):
        return None if waves.wave(scope_id) is None else store.scoped("wave", scope_id)
    return None if organizations.find(scope_id) is None else store.scoped("organization", scope_id)


def show(scope_id: str, now: datetime) -> Shown | None:
    """A scope with what holds in it; None as above."""
    wave, organization = _subject(scope_id)
    if scope_id != PLAN and wave is None and organization is None:
        return None
    scope: Scope = "organization" if organization else "wave" if wave else "plan"
    id_ = "" if scope == "plan" else scope_id
    keys: set[tuple[str, str]] = {plan_store.SETTINGS_KEY, store.key(scope, id_), store.key("plan")}
    rows = DirectoryRows(keys | ({store.key("wave", wave.id)} if wave else set()))
    chain = [store.among(rows, scope, id_)]
    chain += [store.among(rows, "wave", wave.id)] if wave and scope != "wave" else []
    chain += [store.among(rows, "plan")] if scope != "plan" else []
    zone = plan_store.settings_among(rows).time_zone
    return Shown(
        scoped=chain[0],
        name=organization.name if organization else wave.name if wave else "",
        wave=wave if organization else None,
        lines={feature: _line(feature, chain, zone, now) for feature in FEATURES},
    )


def exceptions(scope: Scope, cursor: str | None, of: tuple[str, ...]) -> Page[tuple[Scoped, str]]:
    """A page of waves or organizations with phases of their own, each with its name; 25 at most."""
    page = store.page(scope, cursor, PAGE, of)
    names = _names(scope, [one.id for one in page.items])
    return Page([(one, names.get(one.id, "")) for one in page.items], page.next_cursor)


def choice_of_organizations(search: str, cursor: str | None, of: tuple[str, ...]) -> Page[tuple[str, str, str]]:
    """A page of organizations to choose from: id, name, TIN."""
    page = organizations.page(search, cursor, PAGE, (*of, "phase_organizations"))
    return Page([(one.id, one.name, one.tin) for one in page.items], page.next_cursor)


def choice_of_waves(cursor: str | None, of: tuple[str, ...]) -> Page[Wave]:
    """A page of waves to choose from, the latest first."""
    return waves.page(cursor, (*of, "phase_waves"))


def _subject(scope_id: str) -> tuple[Wave | None, Organization | None]:
    """The wave and organization that a scope is about; an organization's wave comes along."""
    if scope_id == PLAN:
        return None, None
    if scope_id.startswith("wav_"):
        return waves.wave(scope_id), None
    organization = organizations.find(scope_id)
    return (waves.wave(organization.wave_id) if organization and organization.wave_id else None), organization


def _line(feature: Feature, chain: list[Scoped], zone: str, now: datetime) -> Line:
    deciding = next((scoped for scoped in chain if feature in scoped.phases), None)
    scopes: Iterable[Phases] = (scoped.phases for scoped in chain)
    return Line(
        own=chain[0].phases.get(feature),
        standing=rules.state_of(feature, scopes, zone, now),
        decided_by=deciding.scope if deciding else None,
    )


def _names(scope: Scope, ids: list[str]) -> dict[str, str]:
    if not ids:
        return {}
    if scope == "wave":
        return {id_: wave.name for id_, wave in waves.by_id(ids).items()}
    return organizations.names(ids)
