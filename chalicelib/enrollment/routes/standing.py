"""Who has come how far: practices by what they lack first (ORG-1, ORG-2, ORG-3)."""

from datetime import datetime
from typing import Literal

import msgspec

from chalicelib.core.access import Staff, staff
from chalicelib.core.answers import Named
from chalicelib.core.cursors import Page
from chalicelib.core.fields import Cursor, Id
from chalicelib.core.http import Routes
from chalicelib.enrollment.domain.standing import Standing
from chalicelib.enrollment.store import standing as store
from chalicelib.enrollment.store import waves

routes = Routes(__name__)

PAGE = 25

ListedLack = Literal[
    "not_sent",
    "not_reached",
    "to_verify",
    "not_registered",
    "without_administrator",
    "no_backup",
    "no_users",
    "complete",
]
"""What a list can be of: closed practices stand on none."""


class StandingQuery(msgspec.Struct):
    """Which practices: those with one lack, or all; of one wave, or of any."""

    lacks: ListedLack | None = None
    wave: Id | None = None
    cursor: Cursor | None = None


class StandingOrganization(msgspec.Struct):
    """A practice as enrollment knows it."""

    id: str
    name: str
    tin: str


class StandingView(msgspec.Struct, kw_only=True):
    """How far a practice is, as of moments ago."""

    organization: StandingOrganization
    wave: Named | None
    lacks: ListedLack
    since: datetime
    """When this was first seen."""
    chased: int
    """For how many days of it the practice was chased by mail; 0 for not at all."""


@routes.route(
    "/onboarding",
    method="GET",
    who=staff("enrollment"),
    summary="How far the practices are, by what they lack first",
    errors=((400, "bad_cursor"),),
)
def list_standings(actor: Staff, query: StandingQuery) -> Page[StandingView]:
    """By lack, then name. It follows what happens within moments; one practice's page shows how it is now."""
    page = store.page(query.lacks, query.wave, query.cursor, PAGE, ("onboarding", actor.id))
    return Page(views(page.items), page.next_cursor)


def views(standings: list[Standing]) -> list[StandingView]:
    """How practices stand, with the names of their waves: a batch where there are any."""
    ids = {one.wave_id for one in standings if one.wave_id is not None}
    named = waves.by_id(ids) if ids else {}
    return [_view(one, {id_: wave.name for id_, wave in named.items()}) for one in standings]


def _view(one: Standing, names: dict[str, str]) -> StandingView:
    wave = Named(one.wave_id, names[one.wave_id]) if one.wave_id in names else None
    return StandingView(
        organization=StandingOrganization(one.organization_id, one.name, one.tin),
        wave=wave,
        lacks=one.lacks,  # type: ignore[arg-type]  # closed ones have no row
        since=one.since,
        chased=one.chased,
    )
