"""The helpdesk's cases, for the helpdesk and for those who confirm (CRD-5, S-AUTH-12)."""

from datetime import datetime
from typing import Annotated, Literal

import msgspec

from chalicelib.accounts.domain import Status
from chalicelib.accounts.store import reset_cases
from chalicelib.core.access import Actor, Member, Staff, administrators, staff
from chalicelib.core.answers import Named
from chalicelib.core.cursors import Page
from chalicelib.core.fields import Cursor, Email, Id, PersonName
from chalicelib.core.http import Routes
from chalicelib.recovery import dossiers, people
from chalicelib.recovery.actions import cases as actions
from chalicelib.recovery.actions.cases import Asked
from chalicelib.recovery.domain import cases
from chalicelib.recovery.dossiers import CaseView

routes = Routes(__name__)

PAGE = 25
Reason = Annotated[str, msgspec.Meta(min_length=1, max_length=2_000, extra={"characters": "lines"})]
State = Literal["open", "confirmed", "link_sent", "done", "declined", "withdrawn", "expired"]

_STATES: tuple[tuple[int, str], ...] = tuple(
    (409, f"case_{state}") for state in ("open", "confirmed", "link_sent", "done", "declined", "withdrawn", "expired")
)


class PersonBody(msgspec.Struct):
    """Whom the helpdesk looks up: the whole address."""

    email: Email


class FoundMembershipView(msgspec.Struct):
    """One of their organizations."""

    membership_id: str
    organization: Named
    status: Status


class FoundView(msgspec.Struct):
    """Somebody who signs in with an address."""

    user_id: str
    name: str
    email: str
    memberships: list[FoundMembershipView]
    staff: bool
    """Whether they are of the plan's staff: then the plan confirms."""


class PeopleView(msgspec.Struct):
    """One, or none."""

    items: list[FoundView]
    next_cursor: str | None = None


class CaseBody(msgspec.Struct):
    """Who called, why, and about whom; without a membership for staff of the plan."""

    user_id: Id
    caller: PersonName
    reason: Reason
    membership_id: Id | None = None


class CasesQuery(msgspec.Struct):
    """Which page."""

    cursor: Cursor | None = None


class ConfirmationBody(msgspec.Struct):
    """`called_phone_on_record`: asked of enrollment, who confirm where no administrator can."""

    called_phone_on_record: bool = False


@routes.route("/helpdesk/people", method="POST", who=staff("helpdesk"), summary="Look somebody up by their address")
def look_up_person(actor: Staff, body: PersonBody, now: datetime) -> PeopleView:
    """By the exact address alone; it leaves a record."""
    found = people.by_email(body.email, now)
    actions.look_up(actor, found.user.id if found is not None else "", now)
    if found is None:
        return PeopleView([])
    user = found.user
    memberships = [
        FoundMembershipView(membership.id, Named(organization.id, organization.name), membership.status)
        for membership, organization in found.memberships
    ]
    return PeopleView([FoundView(user.id, user.name, user.email, memberships, found.staff)])


@routes.route(
    "/helpdesk/cases",
    method="POST",
    who=staff("helpdesk"),
    summary="Open a case for somebody who can't get back in",
    status=201,
    creates=True,
    errors=(
        (403, "own_case"),
        (404, "not_found"),
        (409, "case_open"),
        (409, "status_unverified"),
        (409, "status_disabled"),
        (409, "status_removed"),
        (409, "status_rejected"),
        (409, "status_verification_pending"),
    ),
)
def open_case(actor: Staff, body: CaseBody, now: datetime) -> CaseView:
    """Read its code out to the caller. Whoever confirms sees it; the link then goes to the address on file."""
    asked = Asked(user_id=body.user_id, membership_id=body.membership_id, caller=body.caller, reason=body.reason)
    return actions.open_case(actor, asked, now)


@routes.route(
    "/helpdesk/cases",
    method="GET",
    who=staff("helpdesk"),
    summary="The cases that have not ended",
    errors=((400, "bad_cursor"),),
)
def list_cases(actor: Staff, query: CasesQuery, now: datetime) -> Page[CaseView]:
    """Pages of 25, the oldest first."""
    page = reset_cases.page(None, query.cursor, PAGE, (actor.id, "helpdesk"))
    found = dossiers.by_id([one.id for one in page.items], now)
    shown = [dossiers.view(one, actor) for one in found if one.case.state in cases.UNFINISHED]
    return Page(shown, page.next_cursor)


@routes.route(
    "/helpdesk/cases/{case_id}",
    method="GET",
    who=staff("helpdesk"),
    summary="One case, whatever became of it",
    errors=((404, "not_found"),),
)
def show_case(actor: Staff, case_id: Id, now: datetime) -> CaseView:
    """Never a link or token."""
    return dossiers.view(dossiers.dossier(case_id, now), actor)


@routes.route(
    "/helpdesk/cases/{case_id}/withdraw",
    method="POST",
    who=staff("helpdesk"),
    summary="End a case",
    errors=((404, "not_found"), *_STATES),
)
def withdraw_case(actor: Staff, case_id: Id, now: datetime) -> CaseView:
    """A link that was mailed ends with it."""
    return actions.withdraw(actor, case_id, now)


@routes.route(
    "/reset-cases",
    method="GET",
    who=administrators() | staff("enrollment", "plan_administrator"),
    summary="The cases that wait for one's confirmation",
    errors=((400, "bad_cursor"),),
)
def list_reset_cases(actor: Actor, query: CasesQuery, now: datetime) -> Page[CaseView]:
    """Of one's own organization; for enrollment those that two of them confirm, for plan administrators those of staff.

    Pages of up to 25, the oldest first. Cases about oneself, or opened by oneself, are shown and can't be confirmed.
    """
    organization_id = actor.organization_id if isinstance(actor, Member) else None
    scope = (actor.id, actor.membership_id if isinstance(actor, Member) else "plan")
    page = reset_cases.page(organization_id, query.cursor, PAGE, scope)
    found = dossiers.by_id([one.id for one in page.items], now)
    waiting = [one for one in found if one.case.state == "open" and cases.sees(actor, one.case, one.needs)]
    return Page([dossiers.view(one, actor) for one in waiting], page.next_cursor)


@routes.route(
    "/reset-cases/{case_id}/confirm",
    method="POST",
    who=administrators() | staff("enrollment", "plan_administrator"),
    step_up=True,
    summary="Confirm that somebody may be set up again",
    errors=((403, "own_case"), (404, "not_found"), (409, "already_confirmed"), (409, "changed_meanwhile"), *_STATES),
)
def confirm_case(actor: Actor, case_id: Id, body: ConfirmationBody, now: datetime) -> CaseView:
    """When it is enough, the link goes to the address on file, and nowhere else."""
    assert isinstance(actor, Member | Staff)
    return actions.confirm(actor, case_id, now, called=body.called_phone_on_record)


@routes.route(
    "/reset-cases/{case_id}/decline",
    method="POST",
    who=administrators() | staff("enrollment", "plan_administrator"),
    step_up=True,
    summary="Decline a case",
    errors=((403, "own_case"), (404, "not_found"), *_STATES),
)
def decline_case(actor: Actor, case_id: Id, now: datetime) -> CaseView:
    """It ends; the helpdesk can open another."""
    assert isinstance(actor, Member | Staff)
    return actions.decline(actor, case_id, now)
