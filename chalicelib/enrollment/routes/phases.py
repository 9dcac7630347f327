"""Features switched on in phases, as plan administrators keep them (ORG-8). Everybody else sees `/features`."""

from datetime import date, datetime
from typing import Annotated, Literal

import msgspec

from chalicelib.core.access import Staff, staff
from chalicelib.core.answers import Named
from chalicelib.core.cursors import Page, PageQuery
from chalicelib.core.errors import NotFound
from chalicelib.core.fields import Cursor, Search
from chalicelib.core.http import Routes
from chalicelib.enrollment import phase_scopes
from chalicelib.enrollment.actions import phases as actions
from chalicelib.enrollment.phase_scopes import Line, Shown
from chalicelib.plan.domain.phases import LONGEST_NOTE, MOST_GRACE_DAYS, Feature, Phase, Scope, State

routes = Routes(__name__)

_ADMINISTRATORS = staff("plan_administrator")
ScopeId = Annotated[str, msgspec.Meta(pattern=r"^(plan|(wav|org)_[0-9a-z]{10,40})$(?!\n)")]
"""`plan`, or the id of a wave or an organization."""
PhaseNote = Annotated[str, msgspec.Meta(max_length=LONGEST_NOTE, extra={"characters": "lines"})]
GraceDays = Annotated[int, msgspec.Meta(ge=0, le=MOST_GRACE_DAYS)]


class PhaseBody(msgspec.Struct):
    """From when and until when a feature is on, and what users are told."""

    on_date: date | None
    """The first day, in the plan's time zone; null: coming, nobody knows when."""
    off_date: date | None = None
    """The day from which it is off; null: it stays."""
    grace_days: GraceDays = 0
    """For so many days more, from `off_date` on, it can still be used."""
    note: PhaseNote = ""


class OwnPhaseView(msgspec.Struct):
    """A phase that a scope has itself."""

    on_date: date | None
    off_date: date | None
    grace_days: int
    note: str


class FeaturePhaseView(msgspec.Struct, kw_only=True):
    """A feature in a scope: its own phase if it has one, how it stands today, and whose phase decides that."""

    feature: Feature
    own: OwnPhaseView | None
    state: State
    on_date: date | None
    last_day: date | None
    note: str
    decided_by: Scope | None


class PhasesView(msgspec.Struct, kw_only=True):
    """All features in one scope, and the version that an edit of any of them names."""

    id: str
    scope: Scope
    name: str
    wave: Named | None
    items: list[FeaturePhaseView]
    version: int


class ExceptionsQuery(msgspec.Struct):
    """Exceptions of waves, or of organizations."""

    scope: Literal["wave", "organization"]
    cursor: Cursor | None = None


class ExceptionView(msgspec.Struct):
    """A wave or organization with phases of its own."""

    id: str
    name: str
    features: list[Feature]


class ChoiceQuery(msgspec.Struct):
    """Which organizations; `search` in their names and numbers."""

    search: Search = ""
    cursor: Cursor | None = None


class ChosenOrganizationView(msgspec.Struct):
    """An organization to choose."""

    id: str
    name: str
    tin: str


class ChosenWaveView(msgspec.Struct):
    """A wave to choose."""

    id: str
    name: str
    send_on: date


@routes.route(
    "/phases",
    method="GET",
    who=_ADMINISTRATORS,
    summary="Waves or organizations with phases of their own",
    errors=((400, "bad_cursor"),),
)
def list_exceptions(actor: Staff, query: ExceptionsQuery) -> Page[ExceptionView]:
    """Pages of 25."""
    page = phase_scopes.exceptions(query.scope, query.cursor, (actor.id,))
    return Page([ExceptionView(one.id, name, list(one.phases)) for one, name in page.items], page.next_cursor)


@routes.route(
    "/phases/organizations",
    method="GET",
    who=_ADMINISTRATORS,
    summary="Organizations to choose for an exception",
    errors=((400, "bad_cursor"),),
)
def choose_organization(actor: Staff, query: ChoiceQuery) -> Page[ChosenOrganizationView]:
    """By name, pages of 25."""
    page = phase_scopes.choice_of_organizations(query.search, query.cursor, (actor.id,))
    return Page([ChosenOrganizationView(*one) for one in page.items], page.next_cursor)


@routes.route(
    "/phases/waves",
    method="GET",
    who=_ADMINISTRATORS,
    summary="Waves to choose for an exception",
    errors=((400, "bad_cursor"),),
)
def choose_wave(actor: Staff, query: PageQuery) -> Page[ChosenWaveView]:
    """The latest first, pages of 25."""
    page = phase_scopes.choice_of_waves(query.cursor, (actor.id,))
    return Page([ChosenWaveView(one.id, one.name, one.send_on) for one in page.items], page.next_cursor)


@routes.route("/phases/{scope_id}", method="GET", who=_ADMINISTRATORS, summary="The features of a scope")
def show_phases(scope_id: ScopeId, now: datetime) -> PhasesView:
    """What it has itself and what follows from broader scopes: the organization's, its wave's, the plan's."""
    return _view(scope_id, now)


@routes.route(
    "/phases/{scope_id}/{feature}",
    method="PUT",
    who=_ADMINISTRATORS,
    summary="Say from when and until when a feature is on",
    edits=True,
)
def keep_phase(
    actor: Staff, scope_id: ScopeId, feature: Feature, version: int, body: PhaseBody, now: datetime
) -> PhasesView:
    """Holds from the next request on. Access levels may be granted before."""
    phase = Phase(on_date=body.on_date, off_date=body.off_date, grace_days=body.grace_days, note=body.note)
    actions.keep(actor, scope_id, feature, version, phase, now)
    return _view(scope_id, now)


@routes.route(
    "/phases/{scope_id}/{feature}",
    method="DELETE",
    who=_ADMINISTRATORS,
    summary="Let a feature follow the broader scope again",
    edits=True,
)
def take_phase_away(actor: Staff, scope_id: ScopeId, feature: Feature, version: int, now: datetime) -> PhasesView:
    """In the plan itself it is then coming, without a date."""
    actions.take_away(actor, scope_id, feature, version, now)
    return _view(scope_id, now)


def _view(scope_id: str, now: datetime) -> PhasesView:
    shown = phase_scopes.show(scope_id, now)
    if shown is None:
        raise NotFound
    return _phases(scope_id, shown)


def _phases(scope_id: str, shown: Shown) -> PhasesView:
    return PhasesView(
        id=scope_id,
        scope=shown.scoped.scope,
        name=shown.name,
        wave=Named(shown.wave.id, shown.wave.name) if shown.wave else None,
        items=[_feature(feature, line) for feature, line in shown.lines.items()],
        version=shown.scoped.version,
    )


def _feature(feature: Feature, line: Line) -> FeaturePhaseView:
    own, standing = line.own, line.standing
    return FeaturePhaseView(
        feature=feature,
        own=OwnPhaseView(own.on_date, own.off_date, own.grace_days, own.note) if own else None,
        state=standing.state,
        on_date=standing.on_date,
        last_day=standing.last_day,
        note=standing.note,
        decided_by=line.decided_by,
    )
