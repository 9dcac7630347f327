"""The public directory, and the requests that came by it (ORG-6)."""

from datetime import datetime
from typing import Annotated

import msgspec

from chalicelib.core.access import PUBLIC, Actor, Member, Origin, Staff, administrators, staff
from chalicelib.core.answers import Named, Reply
from chalicelib.core.cursors import Page, PageQuery
from chalicelib.core.fields import Email, Id, PersonName, Phone, Tin
from chalicelib.core.http import Routes
from chalicelib.enrollment.actions import directory as actions
from chalicelib.enrollment.actions.directory import NewRequest
from chalicelib.enrollment.domain.directory import DirectoryRequest, HasAdministrator
from chalicelib.enrollment.store import directory as store
from chalicelib.organizations import store as organizations

routes = Routes(__name__)

PAGE = 25
_WHO = administrators() | staff("enrollment")
RequestNote = Annotated[str, msgspec.Meta(max_length=1_000, extra={"characters": "lines"})]


class DirectoryBody(msgspec.Struct):
    """Which practice; as people write it."""

    tin: Tin


class DirectoryView(msgspec.Struct):
    """All that anybody learns: no name, no address. One who is not signed in asks the administrators by the form."""

    administrator: HasAdministrator


class DirectoryRequestBody(msgspec.Struct):
    """Who asks, and what they want."""

    tin: Tin
    name: PersonName
    email: Email
    phone: Phone
    note: RequestNote = ""


class DirectoryRequestView(msgspec.Struct, kw_only=True):
    """A request that waits until it is settled or its time is over."""

    id: str
    name: str
    email: str
    phone: str
    note: str
    tin: str
    organization: Named | None
    """The practice that had this TIN when it was asked, if there was one."""
    requested_at: datetime
    ends_at: datetime


@routes.route(
    "/directory",
    method="POST",
    who=PUBLIC,
    summary="Whether a practice has an administrator",
    errors=((429, "too_many_attempts"),),
)
def look_up(body: DirectoryBody, origin: Origin, now: datetime) -> DirectoryView:
    """For an exact TIN; an unknown one answers like a practice without an administrator."""
    return DirectoryView(actions.look(body.tin, origin, now))


@routes.route(
    "/directory/requests",
    method="POST",
    who=PUBLIC,
    summary="Ask the administrators of a practice to get in touch",
    status=202,
    returns=None,
    errors=((429, "too_many_attempts"),),
)
def ask(body: DirectoryRequestBody, origin: Origin, now: datetime) -> Reply:
    """The same answer whether the TIN is known or not. Where nobody administers the practice, enrollment has it."""
    new = NewRequest(tin=body.tin, name=body.name, email=body.email, phone=body.phone, note=body.note)
    actions.ask(new, origin, now)
    return Reply()


@routes.route(
    "/directory-requests",
    method="GET",
    who=_WHO,
    summary="Who asked by the directory",
    errors=((400, "bad_cursor"),),
)
def list_requests(actor: Actor, query: PageQuery, now: datetime) -> Page[DirectoryRequestView]:
    """Those of one's practice; for enrollment those of practices that nobody administers. Pages of 25, oldest first."""
    assert isinstance(actor, Member | Staff)
    page = store.page(actions.place_of(actor), query.cursor, PAGE, now, (actor.id,))
    known = {one.organization_id for one in page.items if one.organization_id is not None}
    names = organizations.names(known) if known else {}
    return Page([_view(one, names) for one in page.items], page.next_cursor)


@routes.route(
    "/directory-requests/{directory_request_id}/settle",
    method="POST",
    who=_WHO,
    summary="Say that a request was answered",
    status=204,
    returns=None,
    errors=((404, "not_found"),),
)
def settle(actor: Actor, directory_request_id: Id, now: datetime) -> Reply:
    """It leaves the list."""
    assert isinstance(actor, Member | Staff)
    actions.settle(actor, directory_request_id, now)
    return Reply()


def _view(one: DirectoryRequest, names: dict[str, str]) -> DirectoryRequestView:
    named = Named(one.organization_id, names[one.organization_id]) if one.organization_id in names else None
    return DirectoryRequestView(
        id=one.id,
        name=one.name,
        email=one.email,
        phone=one.phone,
        note=one.note,
        tin=one.tin,
        organization=named,
        requested_at=one.requested_at,
        ends_at=one.ends_at,
    )
