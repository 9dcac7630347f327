"""The parts of the portal behind access levels, and asking for access (ACC-5, ACC-9)."""

from datetime import date, datetime
from typing import get_args

import msgspec

from chalicelib.accounts import features, store
from chalicelib.accounts.actions import access as actions
from chalicelib.accounts.actions.access import Asked
from chalicelib.accounts.domain import rights
from chalicelib.accounts.store import requests, rosters
from chalicelib.core.access import AccessLevel, Member, administrators, members
from chalicelib.core.answers import Named, Reply
from chalicelib.core.cursors import Page, PageQuery
from chalicelib.core.fields import Id
from chalicelib.core.http import Routes
from chalicelib.plan.domain import phases
from chalicelib.plan.domain.phases import Feature, Standing, State

routes = Routes(__name__)

PAGE = 25


class PhaseView(msgspec.Struct, kw_only=True):
    """How one feature stands for the organization (ORG-8)."""

    feature: Feature
    state: State
    on_date: date | None
    """The first day of one that is coming, where that is known."""
    last_day: date | None
    """The last day of one that is ending."""
    note: str
    """For users, verbatim."""


class FeatureView(msgspec.Struct, kw_only=True):
    """A part of the portal and whether the open membership may use it."""

    access_level: AccessLevel
    held: bool
    requested: bool
    """Whether a request for it is open."""
    requestable: bool
    """Whether one may ask for it: the organization is entitled to it, and it is granted as an access level."""
    state: State
    """The part can be used, wholly or in part, or is coming, or can be used until a last day (ORG-8)."""
    features: list[PhaseView]
    """What is behind it, each in its own phase; nothing behind `manage_account`, which is always on."""


class FeaturesView(msgspec.Struct):
    """All seven."""

    items: list[FeatureView]
    next_cursor: str | None = None


class AdministratorView(msgspec.Struct):
    """Whom to ask."""

    name: str
    email: str


class AdministratorsView(msgspec.Struct):
    """The active administrators of one's own organization."""

    items: list[AdministratorView]
    next_cursor: str | None = None


class AccessRequestBody(msgspec.Struct):
    """What somebody asks for."""

    access_level: AccessLevel


class AccessRequestView(msgspec.Struct):
    """Who asks for what, and since when."""

    membership: Named
    access_level: AccessLevel
    requested_at: datetime


class AccessAnswerBody(msgspec.Struct):
    """Which request is answered."""

    membership_id: Id
    access_level: AccessLevel


@routes.route("/features", method="GET", who=members(), summary="The parts of the portal behind access levels")
def list_features(actor: Member, now: datetime) -> FeaturesView:
    """Which of them the open membership holds, which it has asked for, and from when each can be used (ORG-8)."""
    around = features.of_organization(actor.organization_id, now)
    asked = {request.access_level for request in requests.open_requests(actor.organization_id, actor.membership_id)}
    levels: tuple[AccessLevel, ...] = get_args(AccessLevel)
    return FeaturesView(
        [_feature(actor, level, _behind(level, around), around.organization.entitlements, asked) for level in levels]
    )


@routes.route(
    "/features/{access_level}",
    method="GET",
    who=members(),
    summary="One part of the portal",
    errors=((403, "access_level_required"), (403, "feature_coming")),
)
def open_feature(actor: Member, access_level: AccessLevel, now: datetime) -> FeatureView:
    """Refused without the access level (ACC-9), and while nothing behind it is on (ORG-8)."""
    standings = features.enter(actor, access_level, now)
    return _feature(actor, access_level, standings, frozenset(), set())


@routes.route("/administrators", method="GET", who=members(), summary="The administrators of your organization")
def list_administrators(actor: Member) -> AdministratorsView:
    """Those who can give access (ACC-9)."""
    found = store.memberships_by_id(actor.organization_id, rosters.roster(actor.organization_id).active)
    people = sorted(found.values(), key=lambda membership: membership.name.casefold())
    return AdministratorsView([AdministratorView(person.name, person.email) for person in people])


@routes.route(
    "/access-requests", method="POST", who=members(), summary="Ask for an access level", status=201, creates=True
)
def request_access(actor: Member, body: AccessRequestBody, now: datetime) -> Asked:
    """Asking again while the request is open changes nothing."""
    return actions.ask(actor, body.access_level, now)


@routes.route(
    "/access-requests",
    method="GET",
    who=administrators(),
    summary="Who asks for access",
    errors=((400, "bad_cursor"),),
)
def list_access_requests(actor: Member, query: PageQuery) -> Page[AccessRequestView]:
    """Pages of 25; those of one person together."""
    page = requests.page(actor.organization_id, query.cursor, PAGE, (actor.membership_id,))
    shown = [
        AccessRequestView(Named(found.membership_id, found.name), found.access_level, found.requested_at)
        for found in page.items
    ]
    return Page(shown, page.next_cursor)


@routes.route(
    "/access-requests/grant",
    method="POST",
    who=administrators(),
    summary="Grant what somebody asked for",
    step_up=True,
    status=204,
    returns=None,
    errors=((403, "own_account"), (404, "not_found"), (409, "status_removed"), (412, "stale")),
)
def grant_access(actor: Member, body: AccessAnswerBody, now: datetime) -> Reply:
    """Adds the access level, with an entry in their history. Never for oneself (ACC-6)."""
    actions.grant(actor, body.membership_id, body.access_level, now)
    return Reply()


@routes.route(
    "/access-requests/dismiss",
    method="POST",
    who=administrators(),
    summary="Close a request without granting it",
    status=204,
    returns=None,
    errors=((403, "own_account"), (404, "not_found")),
)
def dismiss_access(actor: Member, body: AccessAnswerBody, now: datetime) -> Reply:
    """They may ask again."""
    actions.dismiss(actor, body.membership_id, body.access_level, now)
    return Reply()


def _behind(level: AccessLevel, around: features.Around) -> list[Standing]:
    return [around.standings[feature] for feature in phases.levels_features(level)]


def _feature(
    actor: Member,
    level: AccessLevel,
    standings: list[Standing],
    entitlements: frozenset[AccessLevel],
    asked: set[AccessLevel],
) -> FeatureView:
    held = level in actor.access_levels
    return FeatureView(
        access_level=level,
        held=held,
        requested=level in asked and not held,
        requestable=not rights.check_asked(actor, level, entitlements),
        state=phases.together(standings),
        features=[PhaseView(**msgspec.structs.asdict(standing)) for standing in standings],
    )
