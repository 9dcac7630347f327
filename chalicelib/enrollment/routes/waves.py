"""Waves as enrollment plans and follows them (ORG-2)."""

from datetime import date, datetime
from typing import Annotated

import msgspec

from chalicelib.core.access import Staff, staff
from chalicelib.core.cursors import Page, PageQuery
from chalicelib.core.fields import Cursor, Id
from chalicelib.core.http import Routes
from chalicelib.enrollment.actions import waves as actions
from chalicelib.enrollment.actions.waves import MOST_MOVED, WaveEdit
from chalicelib.enrollment.domain import waves as rules
from chalicelib.enrollment.domain.standing import Lack, Standing
from chalicelib.enrollment.domain.waves import Wave, WaveState
from chalicelib.enrollment.store import standing, waves

routes = Routes(__name__)

ENROLLMENT = staff("enrollment")
WaveName = Annotated[str, msgspec.Meta(min_length=1, max_length=80, extra={"characters": "line"})]


class WaveView(msgspec.Struct):
    """A wave: `send_at` and `ends_at` are the instants its dates stand for in the plan's zone."""

    id: str
    name: str
    send_on: date
    end_on: date
    send_at: datetime
    ends_at: datetime
    state: WaveState
    started_at: datetime | None
    finished_at: datetime | None
    """When the last form of those that were in it from the beginning was called for."""
    members: int
    version: int


class NewWaveBody(msgspec.Struct):
    """A wave to plan: the end comes after the send date, which is not before today."""

    name: WaveName
    send_on: date
    end_on: date


class WaveEditBody(msgspec.Struct):
    """What is to change; what is left out stays. The send date can't once the wave has begun."""

    name: WaveName | None = None
    send_on: date | None = None
    end_on: date | None = None


class MembersBody(msgspec.Struct):
    """Organizations to put into the wave, out of the ones that they are in."""

    organization_ids: Annotated[list[Id], msgspec.Meta(min_length=1, max_length=MOST_MOVED)]


class WaveOrganizationsQuery(msgspec.Struct):
    """Which of a wave's organizations: by what they lack first."""

    lacks: Lack | None = None
    cursor: Cursor | None = None


class WaveOrganizationView(msgspec.Struct):
    """An organization of a wave, and what it lacks."""

    id: str
    name: str
    tin: str
    lacks: Lack
    since: datetime


@routes.route(
    "/waves",
    method="GET",
    who=ENROLLMENT,
    summary="Waves, the latest send date first",
    errors=((400, "bad_cursor"),),
)
def list_waves(actor: Staff, query: PageQuery, now: datetime) -> Page[WaveView]:
    """Pages of 25."""
    page = waves.page(query.cursor, (actor.id, "waves"))
    return Page([_view(one, now) for one in page.items], page.next_cursor)


@routes.route("/waves", method="POST", who=ENROLLMENT, summary="Plan a wave", status=201, creates=True)
def create_wave(actor: Staff, body: NewWaveBody, now: datetime) -> WaveView:
    """Its forms go out from nine in the morning of the send date, in the plan's zone."""
    return _view(actions.create(actor, body.name, body.send_on, body.end_on, now), now)


@routes.route("/waves/{wave_id}", method="GET", who=ENROLLMENT, summary="A wave")
def show_wave(wave_id: Id, now: datetime) -> WaveView:
    """As it is now."""
    return _view(actions.existing(wave_id), now)


@routes.route(
    "/waves/{wave_id}",
    method="PATCH",
    who=ENROLLMENT,
    summary="Change a wave's name or dates",
    edits=True,
    errors=((409, "wave_started"),),
)
def change_wave(actor: Staff, wave_id: Id, version: int, body: WaveEditBody, now: datetime) -> WaveView:
    """After its end nothing is sent or reminded; given more time, it goes on."""
    wanted = WaveEdit(name=body.name, send_on=body.send_on, end_on=body.end_on)
    return _view(actions.edit(actor, wave_id, version, wanted, now), now)


@routes.route(
    "/waves/{wave_id}/organizations",
    method="GET",
    who=ENROLLMENT,
    summary="The organizations of a wave, by what they lack",
    errors=((400, "bad_cursor"),),
)
def list_wave_organizations(actor: Staff, wave_id: Id, query: WaveOrganizationsQuery) -> Page[WaveOrganizationView]:
    """Pages of 25; the list follows what happens within moments."""
    actions.existing(wave_id)
    page = standing.page(query.lacks, wave_id, query.cursor, waves.PAGE, (actor.id, "wave"))
    return Page([_organization(one) for one in page.items], page.next_cursor)


@routes.route(
    "/waves/{wave_id}/organizations",
    method="POST",
    who=ENROLLMENT,
    summary="Put organizations into a wave",
    errors=((403, "of_organization"), (409, "wave_ended")),
)
def fill_wave(actor: Staff, wave_id: Id, body: MembersBody, now: datetime) -> WaveView:
    """Those that are in it already stay; one that joins after the wave began gets its form soon."""
    return _view(actions.move(actor, wave_id, body.organization_ids, now), now)


def _view(one: Wave, now: datetime) -> WaveView:
    return WaveView(
        id=one.id,
        name=one.name,
        send_on=one.send_on,
        end_on=one.end_on,
        send_at=one.send_at,
        ends_at=one.ends_at,
        state=rules.state(one, now),
        started_at=one.started_at,
        finished_at=one.finished_at,
        members=one.members,
        version=one.version,
    )


def _organization(one: Standing) -> WaveOrganizationView:
    return WaveOrganizationView(id=one.organization_id, name=one.name, tin=one.tin, lacks=one.lacks, since=one.since)
