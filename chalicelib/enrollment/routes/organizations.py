"""The plan's practices, as enrollment keeps them (ORG-1, ORG-7)."""

from datetime import datetime

import msgspec

from chalicelib.core.access import Staff, staff
from chalicelib.core.cursors import Page
from chalicelib.core.errors import NotFound
from chalicelib.core.fields import Cursor, Id, Search, Subject
from chalicelib.core.http import Routes
from chalicelib.enrollment.actions import organizations as actions
from chalicelib.enrollment.actions.organizations import (
    CreatedOrganization,
    Edit,
    Levels,
    MaybeEmail,
    MaybeLine,
    MaybeName,
    NewOrganization,
    Numbers,
)
from chalicelib.enrollment.organization_views import OrganizationView, organization_view
from chalicelib.organizations import store

routes = Routes(__name__)

ENROLLMENT = staff("enrollment")
PAGE = 25
# No id, so that nobody can send it.
_AS_IT_IS = ""


class OrganizationsQuery(msgspec.Struct):
    """Which practices; `search` in their names and numbers."""

    search: Search = ""
    cursor: Cursor | None = None


class OrganizationRow(msgspec.Struct):
    """A practice on the list."""

    id: str
    name: str
    tin: str
    closed: bool


class OrganizationBody(msgspec.Struct):
    """What is to change; what is left out stays."""

    name: Subject | None = None
    npis: Numbers | None = None
    executive_name: MaybeName | None = None
    executive_email: MaybeEmail | None = None
    relations_contact: MaybeLine | None = None
    entitlements: Levels | None = None
    wave_id: Id | None = _AS_IT_IS
    """Null takes it out of its wave."""


@routes.route(
    "/organizations",
    method="GET",
    who=ENROLLMENT,
    summary="The plan's practices",
    errors=((400, "bad_cursor"),),
)
def list_organizations(actor: Staff, query: OrganizationsQuery) -> Page[OrganizationRow]:
    """Pages of 25 by name; those that have ended are marked."""
    page = store.page(query.search, query.cursor, PAGE, (actor.id, "organizations"))
    rows = [OrganizationRow(one.id, one.name, one.tin, one.closed) for one in page.items]
    return Page(rows, page.next_cursor)


@routes.route(
    "/organizations",
    method="POST",
    who=ENROLLMENT,
    summary="Create a practice",
    status=201,
    creates=True,
)
def create_organization(actor: Staff, body: NewOrganization, now: datetime) -> CreatedOrganization:
    """Nobody is told of it yet; the chief executive's form is sent by itself or with a wave."""
    return actions.create(actor, body, now)


@routes.route("/organizations/{organization_id}", method="GET", who=ENROLLMENT, summary="One practice")
def show_organization(actor: Staff, organization_id: Id, now: datetime) -> OrganizationView:
    """With how far it has come aboard, and what waits for a second person."""
    found = store.find(organization_id)
    if found is None:
        raise NotFound
    return organization_view(actor, found, now)


@routes.route(
    "/organizations/{organization_id}",
    method="PATCH",
    who=ENROLLMENT,
    summary="Change what is known of a practice",
    edits=True,
    errors=((403, "of_organization"), (409, "organization_closed")),
)
def update_organization(
    actor: Staff, organization_id: Id, version: int, body: OrganizationBody, now: datetime
) -> OrganizationView:
    """Not its TIN, which two change together. Levels that are taken away open nothing from the next request on."""
    asked = Edit(
        name=body.name,
        npis=None if body.npis is None else tuple(body.npis),
        executive_name=body.executive_name,
        executive_email=body.executive_email,
        relations_contact=body.relations_contact,
        entitlements=None if body.entitlements is None else frozenset(body.entitlements),
        moves=body.wave_id != _AS_IT_IS,
        wave_id=None if body.wave_id == _AS_IT_IS else body.wave_id,
    )
    return organization_view(actor, actions.edit(actor, organization_id, version, asked, now), now)
