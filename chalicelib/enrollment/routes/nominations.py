"""Nominations as enrollment sends, verifies, returns and approves them (ORG-1)."""

from datetime import datetime
from typing import Annotated, get_args

import msgspec

from chalicelib.accounts.domain import Status
from chalicelib.core.access import AccessLevel, Staff, staff
from chalicelib.core.cursors import Page
from chalicelib.core.fields import Cursor, Id
from chalicelib.core.http import Routes
from chalicelib.core.work import Started
from chalicelib.enrollment import printing
from chalicelib.enrollment.actions import approving
from chalicelib.enrollment.actions import nominations as actions
from chalicelib.enrollment.actions.nominations import SentForm
from chalicelib.enrollment.domain.nominations import Place
from chalicelib.enrollment.nomination_views import NominationView, Waits, listed, view

routes = Routes(__name__)

_ENROLLMENT = staff("enrollment")
_ONE = "/organizations/{organization_id}/nominations/{nomination_id}"
_STATUSES: tuple[tuple[int, str], ...] = tuple((409, f"status_{status}") for status in get_args(Status))
_OPEN = ((409, "nomination_approved"), (409, "nomination_withdrawn"))
_DECIDED = (
    (403, "of_organization"),
    (403, "own_account"),
    (404, "not_found"),
    (409, "changed_meanwhile"),
    (409, "nomination_returned"),
    (409, "nomination_sent"),
    (409, "organization_closed"),
    *_OPEN,
)
ReturnReason = Annotated[str, msgspec.Meta(min_length=1, max_length=1_000, extra={"characters": "lines"})]
Levels = Annotated[list[AccessLevel], msgspec.Meta(max_length=7)]


class NominationsQuery(msgspec.Struct):
    """Which part of the list: `to_verify` are signed, `out` wait for the executive or expired, `ended` are decided."""

    state: Place | None = None
    cursor: Cursor | None = None


class VerificationBody(msgspec.Struct):
    """What a comparison with what is known showed."""

    tin_matches: bool
    npis_match: bool


class ApprovalBody(msgspec.Struct):
    """The administrator's own access levels (ORG-7); without them a member keeps theirs."""

    access_levels: Levels | None = None


class ReturnBody(msgspec.Struct):
    """Why, for the executive to read."""

    reason: ReturnReason


class PrintBody(msgspec.Struct):
    """Of which round the signed form is wanted; the present one unless it is named."""

    round: Annotated[int, msgspec.Meta(ge=1, le=9_999)] | None = None


@routes.route(
    "/nominations",
    method="GET",
    who=_ENROLLMENT,
    summary="Nominations: what waits to be verified, what is out, what has ended",
    errors=((400, "bad_cursor"),),
)
def list_nominations(actor: Staff, query: NominationsQuery, now: datetime) -> Page[Waits]:
    """Pages of 25. What waits for enrollment first, the oldest first; of those that have ended the newest."""
    return listed(actor, query.state, query.cursor, now)


@routes.route(
    "/organizations/{organization_id}/nominations",
    method="POST",
    who=_ENROLLMENT,
    creates=True,
    summary="Send a practice's chief executive a nomination form",
    errors=(
        (404, "not_found"),
        (409, "changed_meanwhile"),
        (409, "executive_unknown"),
        (409, "form_sent_lately"),
        (409, "nomination_open"),
        (409, "organization_closed"),
    ),
)
def send_nomination(actor: Staff, organization_id: Id, now: datetime) -> SentForm:
    """A fresh one takes the place of a form that is out or has expired; its links end."""
    return actions.send(actor, organization_id, now)


@routes.route(_ONE, method="GET", who=_ENROLLMENT, summary="One nomination", errors=((404, "not_found"),))
def show_nomination(actor: Staff, organization_id: Id, nomination_id: Id, now: datetime) -> NominationView:
    """All that was signed in it, round by round. Reading it leaves a record."""
    return view(actions.look(actor, organization_id, nomination_id, now), now)


@routes.route(
    f"{_ONE}/verify",
    method="POST",
    who=_ENROLLMENT,
    edits=True,
    summary="Record whether TIN and NPIs of a signed form match",
    errors=_DECIDED,
)
def verify_nomination(
    actor: Staff, organization_id: Id, nomination_id: Id, version: int, body: VerificationBody, now: datetime
) -> NominationView:
    """Approving needs that both matched."""
    found = actions.verify(
        actor,
        organization_id,
        nomination_id,
        version,
        now,
        tin_matches=body.tin_matches,
        npis_match=body.npis_match,
    )
    return view(found, now)


@routes.route(
    f"{_ONE}/approve",
    method="POST",
    who=_ENROLLMENT,
    edits=True,
    step_up=True,
    summary="Approve a signed form and invite the administrator",
    errors=(*_DECIDED, (409, "form_not_intact"), (409, "nominee_is_staff"), (409, "not_verified"), *_STATUSES),
)
def approve_nomination(
    actor: Staff, organization_id: Id, nomination_id: Id, version: int, body: ApprovalBody, now: datetime
) -> NominationView:
    """The seat is theirs when they register; who acts in it until then becomes a general user."""
    levels = None if body.access_levels is None else frozenset(body.access_levels)
    return view(approving.approve(actor, organization_id, nomination_id, version, levels, now), now)


@routes.route(
    f"{_ONE}/return",
    method="POST",
    who=_ENROLLMENT,
    edits=True,
    summary="Give a signed form back with a reason",
    errors=(*_DECIDED, (409, "executive_unknown")),
)
def return_nomination(
    actor: Staff, organization_id: Id, nomination_id: Id, version: int, body: ReturnBody, now: datetime
) -> NominationView:
    """A fresh link goes to the executive; what was signed is kept."""
    return view(actions.return_(actor, organization_id, nomination_id, version, body.reason, now), now)


@routes.route(
    f"{_ONE}/withdraw",
    method="POST",
    who=_ENROLLMENT,
    edits=True,
    summary="End a nomination that nothing came of",
    errors=((403, "of_organization"), (403, "own_account"), (404, "not_found"), (409, "changed_meanwhile"), *_OPEN),
)
def withdraw_nomination(
    actor: Staff, organization_id: Id, nomination_id: Id, version: int, now: datetime
) -> NominationView:
    """Its links open nothing any more."""
    return view(actions.withdraw(actor, organization_id, nomination_id, version, now), now)


@routes.route(
    f"{_ONE}/print",
    method="POST",
    who=_ENROLLMENT,
    status=202,
    creates=True,
    summary="Make a printable copy of a signed form, as a PDF",
    errors=((404, "not_found"),),
)
def print_nomination(actor: Staff, organization_id: Id, nomination_id: Id, body: PrintBody, now: datetime) -> Started:
    """A long work; its result downloads from `/work/{work_id}/result`. Asking and each download leave a record."""
    return printing.start(actor, organization_id, nomination_id, body.round, now)
