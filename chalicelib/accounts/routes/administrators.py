"""The administrators of an organization: who they are, and handing over the seat (ORG-3, ORG-4, ORG-5)."""

from datetime import datetime
from typing import get_args

import msgspec

from chalicelib.accounts import store
from chalicelib.accounts.actions import administrators as actions
from chalicelib.accounts.actions.administrators import Administered
from chalicelib.accounts.actions.newcomers import NewMember
from chalicelib.accounts.domain import Membership, Status
from chalicelib.accounts.domain import roster as rosters
from chalicelib.accounts.domain.roster import FormerBecomes, RosterWarning
from chalicelib.accounts.store import rosters as roster_store
from chalicelib.core.access import Member, administrators
from chalicelib.core.errors import FieldError, Invalid
from chalicelib.core.fields import Email, Id, PersonName, Phone
from chalicelib.core.http import Routes

routes = Routes(__name__)


class Administrator(msgspec.Struct):
    """One of them."""

    id: str
    name: str
    email: str


class Seat(msgspec.Struct):
    """Who sits in the local administrator's seat."""

    id: str
    name: str
    email: str
    status: Status


class HandoverView(msgspec.Struct):
    """The seat waits for somebody to become active."""

    member: Administrator
    former_becomes: FormerBecomes
    decided_by_plan: bool
    """Enrollment approved them: it can't be taken back here (ORG-4)."""


class RosterView(msgspec.Struct, kw_only=True):
    """Who administers the organization, and what the practice is warned of."""

    seat: Seat | None
    backups: list[Administrator]
    handover: HandoverView | None
    warnings: list[RosterWarning]
    backup_required: bool
    """Whether nobody else may be added until a backup is active or invited (ORG-3)."""


class NewHolder(msgspec.Struct):
    """A person who is invited for the seat."""

    name: PersonName
    email: Email
    phone: Phone
    confirmed_person: bool = False
    """Whether the administrator confirmed that this is one named person."""


class HandoverBody(msgspec.Struct):
    """Who gets the seat, a member or somebody new, and what the former holder becomes."""

    former_becomes: FormerBecomes
    membership_id: Id | None = None
    new_person: NewHolder | None = None


_STATUSES: tuple[tuple[int, str], ...] = tuple((409, f"status_{status}") for status in get_args(Status))


@routes.route("/roster", method="GET", who=administrators(), summary="The administrators, warnings, handover")
def show_roster(actor: Member, now: datetime) -> RosterView:
    """Of one's own organization."""
    return _view(Administered(roster_store.roster(actor.organization_id), {}), now)


@routes.route(
    "/roster/handover",
    method="POST",
    who=administrators(),
    summary="Hand the local administrator's seat to another member, or invite somebody new for it",
    step_up=True,
    errors=(
        (403, "own_account"),
        (403, "seat_required"),
        (404, "not_found"),
        (409, "backup_administrator_required"),
        (409, "already_member"),
        (409, "decided_by_plan"),
        *_STATUSES,
    ),
)
def hand_over(actor: Member, body: HandoverBody, now: datetime) -> RosterView:
    """At once when they are active; else as soon as they are (ORG-5). Exactly one of both is named."""
    if body.membership_id is not None and body.new_person is None:
        return _view(actions.hand_over(actor, body.membership_id, body.former_becomes, now), now)
    if body.new_person is None or body.membership_id is not None:
        code = "required" if body.new_person is None else "one_of_both"
        raise Invalid(fields=(FieldError("/membership_id", code),))
    person = body.new_person
    new = NewMember(name=person.name, email=person.email, phone=person.phone, confirmed_person=person.confirmed_person)
    try:
        return _view(actions.hand_over_to_new(actor, new, body.former_becomes, "en", now), now)
    except Invalid as refusal:
        fields = (msgspec.structs.replace(error, pointer=f"/new_person{error.pointer}") for error in refusal.fields)
        raise Invalid(fields=tuple(fields)) from None


@routes.route(
    "/roster/handover",
    method="DELETE",
    who=administrators(),
    summary="Take back a handover that waits",
    step_up=True,
    errors=((403, "seat_required"), (409, "decided_by_plan")),
)
def cancel_handover(actor: Member, now: datetime) -> RosterView:
    """Only by the one who promised it."""
    return _view(actions.cancel_handover(actor, now), now)


def _view(administered: Administered, now: datetime) -> RosterView:
    roster = administered.roster
    promised = roster.handover
    wanted = {*roster.backups, *([roster.seat] if roster.seat else []), *([promised.membership_id] if promised else [])}
    people = administered.people | store.memberships_by_id(roster.organization_id, wanted - set(administered.people))
    seat = people.get(roster.seat or "")
    successor = people.get(promised.membership_id) if promised else None
    backups = sorted((people[id_] for id_ in roster.backups if id_ in people), key=lambda one: one.name.casefold())
    return RosterView(
        seat=Seat(seat.id, seat.name, seat.email, seat.status) if seat else None,
        backups=[_administrator(one) for one in backups],
        handover=HandoverView(_administrator(successor), promised.former_becomes, promised.decided_by_plan)
        if promised and successor
        else None,
        warnings=rosters.warnings(roster, now),
        backup_required=not rosters.has_backup(roster, now),
    )


def _administrator(membership: Membership) -> Administrator:
    return Administrator(membership.id, membership.name, membership.email)
