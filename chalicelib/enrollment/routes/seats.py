"""A practice's vacant seat, which enrollment fills with a backup (ORG-4)."""

from datetime import datetime
from typing import get_args

import msgspec

from chalicelib.accounts.domain import Membership, Status
from chalicelib.core.access import Staff, staff
from chalicelib.core.fields import Id
from chalicelib.core.http import Routes
from chalicelib.enrollment.actions import seats as actions
from chalicelib.enrollment.actions.seats import Seat
from chalicelib.enrollment.domain.seats import SeatState

routes = Routes(__name__)

_ENROLLMENT = staff("enrollment")
_STATUSES: tuple[tuple[int, str], ...] = tuple((409, f"status_{status}") for status in get_args(Status))


class SeatPerson(msgspec.Struct, kw_only=True):
    """One of the practice's administrators."""

    id: str
    name: str
    email: str
    status: Status


class SeatView(msgspec.Struct, kw_only=True):
    """How the local administrator's seat stands, and who could fill it."""

    state: SeatState
    holder: SeatPerson | None
    """Who sits in it, or to whom it is promised."""
    candidates: list[SeatPerson]
    """The backups who act, by name; one of them may be approved while the seat is vacant."""
    own: bool
    """Whether one is of that practice oneself: then it is for others."""


class SeatBody(msgspec.Struct):
    """Which backup is approved for the seat."""

    membership_id: Id


@routes.route(
    "/organizations/{organization_id}/seat",
    method="GET",
    who=_ENROLLMENT,
    summary="The local administrator's seat of a practice, and who could fill it",
    errors=((404, "not_found"),),
)
def show_seat(actor: Staff, organization_id: Id, now: datetime) -> SeatView:
    """As it is now."""
    return _view(actions.seat(actor, organization_id, now))


@routes.route(
    "/organizations/{organization_id}/seat",
    method="POST",
    who=_ENROLLMENT,
    summary="Approve a backup for the vacant seat",
    step_up=True,
    errors=(
        (403, "of_organization"),
        (404, "not_found"),
        (409, "changed_meanwhile"),
        (409, "not_a_backup"),
        (409, "organization_closed"),
        (409, "seat_promised"),
        (409, "seat_taken"),
        *_STATUSES,
    ),
)
def approve_for_seat(actor: Staff, organization_id: Id, body: SeatBody, now: datetime) -> SeatView:
    """The practice's administrators are told. Never by somebody of the practice."""
    return _view(actions.approve(actor, organization_id, body.membership_id, now))


def _view(seat: Seat) -> SeatView:
    return SeatView(
        state=seat.state,
        holder=_person(seat.holder) if seat.holder is not None else None,
        candidates=[_person(one) for one in seat.candidates],
        own=seat.own,
    )


def _person(one: Membership) -> SeatPerson:
    return SeatPerson(id=one.id, name=one.name, email=one.email, status=one.status)
