"""Asking for a nomination form from the public page, and what enrollment makes of it (ORG-1)."""

from datetime import datetime
from typing import Annotated

import msgspec

from chalicelib.core.access import PUBLIC, Origin, Staff, staff
from chalicelib.core.answers import Named, Reply
from chalicelib.core.cursors import Page, PageQuery
from chalicelib.core.fields import Email, Id, PersonName, Phone, Subject, Tin
from chalicelib.core.http import Routes
from chalicelib.enrollment.actions import requests as actions
from chalicelib.enrollment.actions.requests import Asked
from chalicelib.enrollment.domain.requests import MOST_NPIS, Request
from chalicelib.enrollment.store import requests as store

routes = Routes(__name__)

PAGE = 25
_ENROLLMENT = staff("enrollment")
RequestNote = Annotated[str, msgspec.Meta(max_length=1_000, extra={"characters": "lines"})]
TypedNpi = Annotated[str, msgspec.Meta(min_length=1, max_length=20, extra={"characters": "line"})]
"""Whether it is one is told for each by itself."""


class NominationRequestBody(msgspec.Struct):
    """A practice, and its chief executive, who would get the form."""

    practice_name: Subject
    tin: Tin
    executive_name: PersonName
    executive_email: Email
    phone: Phone
    npis: Annotated[list[TypedNpi], msgspec.Meta(max_length=MOST_NPIS)] = []
    note: RequestNote = ""


class NominationRequestView(msgspec.Struct, kw_only=True):
    """What somebody asked for; none of it is known to be so."""

    id: str
    practice_name: str
    tin: str
    npis: list[str]
    executive_name: str
    executive_email: str
    phone: str
    note: str
    requested_at: datetime
    organization: Named | None
    """The practice that has this TIN already."""


class SettledBody(msgspec.Struct):
    """What came of it: an organization, or nothing."""

    organization_id: Id | None = None


@routes.route(
    "/nomination-requests",
    method="POST",
    who=PUBLIC,
    summary="Ask for a nomination form for a practice",
    status=202,
    returns=None,
    errors=((429, "too_many_attempts"),),
)
def request_nomination(body: NominationRequestBody, origin: Origin, now: datetime) -> Reply:
    """The same answer whether the practice is known or not. Enrollment decides whether a form goes out."""
    asked = Asked(
        practice_name=body.practice_name,
        tin=body.tin,
        npis=body.npis,
        executive_name=body.executive_name,
        executive_email=body.executive_email,
        phone=body.phone,
        note=body.note,
    )
    actions.ask(asked, origin, now)
    return Reply()


@routes.route(
    "/nomination-requests",
    method="GET",
    who=_ENROLLMENT,
    summary="Practices that asked for a nomination form",
    errors=((400, "bad_cursor"),),
)
def list_nomination_requests(actor: Staff, query: PageQuery, now: datetime) -> Page[NominationRequestView]:
    """Pages of 25, the oldest first; each is kept for 90 days unless it is settled before."""
    page = store.page(query.cursor, PAGE, (actor.id,), now)
    known = actions.known(page.items)
    found = {tin: Named(*organization) for tin, organization in known.items()}
    return Page([_view(one, found.get(one.tin)) for one in page.items], page.next_cursor)


@routes.route(
    "/nomination-requests/{request_id}/settle",
    method="POST",
    who=_ENROLLMENT,
    summary="Take a request for a nomination form off the list",
    status=204,
    returns=None,
    errors=((404, "not_found"),),
)
def settle_nomination_request(actor: Staff, request_id: Id, body: SettledBody, now: datetime) -> Reply:
    """With the organization that was made or found for it, or without when nothing comes of it."""
    actions.settle(actor, request_id, body.organization_id, now)
    return Reply()


def _view(one: Request, organization: Named | None) -> NominationRequestView:
    return NominationRequestView(
        id=one.id,
        practice_name=one.practice_name,
        tin=one.tin,
        npis=list(one.npis),
        executive_name=one.executive_name,
        executive_email=one.executive_email,
        phone=one.phone,
        note=one.note,
        requested_at=one.requested_at,
        organization=organization,
    )
