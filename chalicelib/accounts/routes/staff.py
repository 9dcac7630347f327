"""Staff accounts: plan administrators and the people of the plan (ACC-11)."""

from datetime import datetime
from typing import Annotated, Literal, get_args

import msgspec

from chalicelib.accounts.actions import staff as actions
from chalicelib.accounts.actions.newcomers import Created
from chalicelib.accounts.actions.staff import Decision
from chalicelib.accounts.domain import staff_clocks
from chalicelib.accounts.domain.staff_clocks import Timed
from chalicelib.accounts.dossiers import StaffDossier, staff_dossier
from chalicelib.accounts.routes.views import HistoryView, MoveBody, StoppedView, history_view, stopped_view
from chalicelib.accounts.store import history
from chalicelib.core.access import Staff, StaffRole, staff
from chalicelib.core.answers import Named, Reply
from chalicelib.core.cursors import PageQuery
from chalicelib.core.errors import NotFound
from chalicelib.core.fields import Comment, Cursor, Email, Id, PersonName, Phone, Search
from chalicelib.core.http import Routes
from chalicelib.core.texts import Language
from chalicelib.core.writing import folded
from chalicelib.plan import store as plan_store
from chalicelib.plan.domain import (
    PlanSettings,
    StaffCause,
    StaffMember,
    StaffStatus,
    staff_causes,
    staff_move_allowed,
)

routes = Routes(__name__)

PAGE = 25

Roles = Annotated[list[StaffRole], msgspec.Meta(min_length=1, max_length=5)]
Departments = Annotated[list[Id], msgspec.Meta(max_length=50)]
Move = Literal["enable", "disable"]
Mail = Literal["registration", "password_reset"]
_MOVES: tuple[Move, ...] = ("enable", "disable")
_ADMINISTRATORS = staff("plan_administrator")


class StaffQuery(msgspec.Struct, kw_only=True):
    """Which of the plan's staff, by name."""

    search: Search = ""
    role: StaffRole | None = None
    status: StaffStatus | None = None
    cursor: Cursor | None = None


class StaffRow(msgspec.Struct):
    """One of the staff as the list shows them."""

    id: str
    name: str
    email: str
    roles: list[StaffRole]
    departments: list[Named]
    status: StaffStatus
    review_due_at: datetime | None


class StaffListView(msgspec.Struct):
    """A page of the staff."""

    items: list[StaffRow]
    next_cursor: str | None


class StaffAccountView(msgspec.Struct, kw_only=True):
    """Everything of one staff account."""

    id: str
    version: int
    own: bool
    name: str
    email: str
    phone: str
    status: StaffStatus
    causes: list[StaffCause]
    roles: list[StaffRole]
    departments: list[Named]
    last_sign_in_at: datetime | None
    created_at: datetime | None
    invitation_ends_at: datetime | None
    verified_at: datetime | None
    review_due_at: datetime | None
    inactive_at: datetime | None
    """When they lose access, or lost it, for want of a sign-in (INA-1)."""
    may_review: bool
    moves: list[Move]
    emails: list[Mail]
    address_stopped: StoppedView | None


class NewStaffBody(msgspec.Struct):
    """A person of the plan to create an account for."""

    name: PersonName
    email: Email
    phone: Phone
    roles: Roles
    departments: Departments = []


class StaffEditBody(msgspec.Struct):
    """What is to change; what is left out stays."""

    roles: Roles | None = None
    departments: Departments | None = None
    comment: Comment = ""


class StaffReviewBody(msgspec.Struct):
    """What becomes of one of the staff; a reason is needed to disable them."""

    decision: Decision
    reason: Comment = ""


_STATUSES: tuple[tuple[int, str], ...] = tuple((409, f"status_{status}") for status in get_args(StaffStatus))
_CHANGED = ((403, "own_account"), (409, "last_plan_administrator"))


@routes.route(
    "/staff", method="GET", who=_ADMINISTRATORS, summary="The staff of the plan", errors=((400, "bad_cursor"),)
)
def list_staff(actor: Staff, query: StaffQuery) -> StaffListView:
    """Pages of 25 by name."""
    term = folded(query.search)

    def keep(place: StaffMember) -> bool:
        found = term in folded(place.name) or term in folded(place.email)
        of_role = query.role is None or query.role in place.roles
        return found and of_role and query.status in (None, place.status)

    scope = ("staff", actor.id, query.search, query.role or "", query.status or "")
    sought = query.search or query.role or query.status
    page = plan_store.staff_page(keep if sought else None, query.cursor, PAGE, scope)
    names, settings = _names(*(place.departments for place in page.items)), plan_store.settings()
    return StaffListView([_row(place, names, settings) for place in page.items], page.next_cursor)


@routes.route(
    "/staff",
    method="POST",
    who=_ADMINISTRATORS,
    summary="Create a staff account",
    step_up=True,
    status=201,
    creates=True,
    errors=((409, "already_staff"),),
)
def create_staff(actor: Staff, body: NewStaffBody, language: Language, now: datetime) -> Created:
    """The registration email goes out."""
    new = actions.NewStaff(
        name=body.name,
        email=body.email,
        phone=body.phone,
        roles=frozenset(body.roles),
        departments=frozenset(body.departments),
    )
    return actions.create(actor, new, language, now)


@routes.route("/staff/{user_id}", method="GET", who=_ADMINISTRATORS, summary="One staff account")
def show_staff(actor: Staff, user_id: Id, now: datetime) -> StaffAccountView:
    """With what may be done with it now."""
    return _view(actor, staff_dossier(user_id, now))


@routes.route(
    "/staff/{user_id}",
    method="PATCH",
    who=_ADMINISTRATORS,
    summary="Change roles and departments of a staff account; comment",
    step_up=True,
    edits=True,
    errors=_CHANGED,
)
def edit_staff(actor: Staff, user_id: Id, version: int, body: StaffEditBody, now: datetime) -> StaffAccountView:
    """Never one's own. Every change adds an entry to the history."""
    asked = actions.StaffEdit(
        roles=None if body.roles is None else frozenset(body.roles),
        departments=None if body.departments is None else frozenset(body.departments),
        comment=body.comment,
    )
    return _view(actor, actions.edit(actor, user_id, version, asked, now))


@routes.route(
    "/staff/{user_id}/enable",
    method="POST",
    who=_ADMINISTRATORS,
    summary="Enable a staff account",
    step_up=True,
    edits=True,
    errors=(*_CHANGED, *_STATUSES),
)
def enable_staff(actor: Staff, user_id: Id, version: int, body: MoveBody, now: datetime) -> StaffAccountView:
    """One that was never registered waits for its registration again."""
    return _view(actor, actions.move(actor, user_id, version, "enable", body.comment, now))


@routes.route(
    "/staff/{user_id}/disable",
    method="POST",
    who=_ADMINISTRATORS,
    summary="Disable a staff account",
    step_up=True,
    edits=True,
    errors=(*_CHANGED, *_STATUSES),
)
def disable_staff(actor: Staff, user_id: Id, version: int, body: MoveBody, now: datetime) -> StaffAccountView:
    """Takes effect on the next request of theirs. Needs a comment; one active plan administrator always stays."""
    return _view(actor, actions.move(actor, user_id, version, "disable", body.comment, now))


@routes.route(
    "/staff/{user_id}/review",
    method="POST",
    who=_ADMINISTRATORS,
    summary="Review a staff account: keep it, or disable it",
    step_up=True,
    edits=True,
    errors=(*_CHANGED, *_STATUSES),
)
def review_staff(actor: Staff, user_id: Id, version: int, body: StaffReviewBody, now: datetime) -> StaffAccountView:
    """Due every 90 days, welcome earlier, never one's own. Keeping lifts that a review came too late, nothing else."""
    return _view(actor, actions.review(actor, user_id, version, body.decision, body.reason, now))


@routes.route(
    "/staff/{user_id}/registration-email",
    method="POST",
    who=_ADMINISTRATORS,
    summary="Send the registration email of a staff account again",
    status=202,
    returns=None,
    errors=_STATUSES,
)
def send_staff_registration_email(actor: Staff, user_id: Id, now: datetime) -> Reply:
    """Earlier links end with it (S-AUTH-08)."""
    actions.invite_again(actor, user_id, now)
    return Reply()


@routes.route(
    "/staff/{user_id}/password-reset-email",
    method="POST",
    who=_ADMINISTRATORS,
    summary="Send a password reset email to one of the staff",
    status=202,
    returns=None,
    errors=_STATUSES,
)
def send_staff_password_reset_email(actor: Staff, user_id: Id, now: datetime) -> Reply:
    """The link goes to the address on file; nobody else sees it."""
    actions.reset_password(actor, user_id, now)
    return Reply()


@routes.route(
    "/staff/{user_id}/history",
    method="GET",
    who=_ADMINISTRATORS,
    summary="The comments history of a staff account",
    errors=((400, "bad_cursor"),),
)
def show_staff_history(actor: Staff, user_id: Id, query: PageQuery) -> HistoryView:
    """Comments are verbatim, to be shown as text."""
    if plan_store.staff_member(user_id) is None:
        raise NotFound
    page = history.page(user_id, query.cursor, PAGE, ("staff history", actor.id))
    return history_view(page)


def _names(*ids: frozenset[str]) -> dict[str, str]:
    known = plan_store.departments_by_id(frozenset().union(*ids))
    return {id_: department.name for id_, department in known.items()}


def _named(ids: frozenset[str], names: dict[str, str]) -> list[Named]:
    return sorted((Named(id_, names[id_]) for id_ in ids if id_ in names), key=lambda named: named.name.casefold())


def _row(place: StaffMember, names: dict[str, str], settings: PlanSettings) -> StaffRow:
    return StaffRow(
        id=place.user_id,
        name=place.name,
        email=place.email,
        roles=sorted(place.roles),
        departments=_named(place.departments, names),
        status=place.status,
        review_due_at=_review_due_at(place, settings),
    )


def _review_due_at(place: StaffMember, settings: PlanSettings) -> datetime | None:
    """None where nobody asks: they never came in, or are shut out."""
    return staff_clocks.review_due_at(place, settings) if place.belongs else None


def _view(actor: Staff, found: StaffDossier) -> StaffAccountView:
    place = found.place
    names = {id_: department.name for id_, department in found.departments.items()}
    own = place.user_id == actor.id
    mails: list[Mail] = ["registration"] if staff_move_allowed(place, "complete") else []
    return StaffAccountView(
        id=place.user_id,
        version=place.entries,
        own=own,
        name=place.name,
        email=place.email,
        phone=place.phone,
        status=place.status,
        causes=sorted(staff_causes(place)),
        roles=sorted(place.roles),
        departments=_named(place.departments, names),
        last_sign_in_at=found.activity.last_sign_in,
        created_at=place.created_at,
        invitation_ends_at=place.invitation_ends_at,
        verified_at=place.verified_at,
        review_due_at=_review_due_at(place, found.settings),
        inactive_at=staff_clocks.inactive_at(Timed(place, found.activity), found.settings) if place.belongs else None,
        may_review=not own and staff_move_allowed(place, "verify"),
        moves=[] if own else [move for move in _MOVES if staff_move_allowed(place, move)],
        emails=["password_reset"] if place.belongs else mails,
        address_stopped=stopped_view(found.stopped),
    )
