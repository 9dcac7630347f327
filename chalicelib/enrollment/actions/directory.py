"""Requests from the public directory: kept for whoever answers, settled by them (ORG-6)."""

from datetime import datetime

import msgspec

from chalicelib.accounts.store import rosters
from chalicelib.core import access, ids, writing
from chalicelib.core.access import Member, Staff, system
from chalicelib.core.change import Change
from chalicelib.core.errors import Busy, FieldError, Invalid, NotFound
from chalicelib.core.events import Event
from chalicelib.core.journal import Entry
from chalicelib.core.outrun import Outrun, until_kept
from chalicelib.core.tables import DirectoryRows
from chalicelib.credentials import throttles
from chalicelib.enrollment import looking_up
from chalicelib.enrollment.domain.directory import PLAN, DirectoryRequest, HasAdministrator, waits
from chalicelib.enrollment.store import directory as store
from chalicelib.organizations import store as organizations

# Each is moved by two rows, with a record and an event.
_MOVED_AT_ONCE = 20
_MOVES = 25


class NewRequest(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody typed."""

    tin: str
    name: str
    email: str
    phone: str
    note: str


def look(tin: str, origin: access.Origin, now: datetime) -> HasAdministrator:
    """Whether the practice with exactly this TIN has an administrator. Raises TooManyAttempts."""
    throttles.form("directory", origin, now)
    return "yes" if looking_up.practice(_digits(tin), now).has_administrator else "no"


def ask(new: NewRequest, origin: access.Origin, now: datetime) -> None:
    """Forward a request to the administrators of a practice; where nobody acts, to enrollment.

    Whoever asks learns nothing. Raises TooManyAttempts, Invalid for an address that can't be one.
    """
    throttles.form("directory_request", origin, now)
    if not writing.is_address(new.email):
        raise Invalid(fields=(FieldError("/email", "wrong_form"),))
    found = looking_up.practice(_digits(new.tin), now)
    place = found.organization_id if found.has_administrator and found.organization_id else PLAN
    asked = DirectoryRequest(
        id=ids.sortable("drq", now),
        place=place,
        tin=_digits(new.tin),
        organization_id=found.organization_id,
        name=new.name,
        email=new.email,
        phone=new.phone,
        note=new.note,
        requested_at=now,
    )
    entry = Entry(action="directory.requested", object_id=asked.id, organization_id=_journal(asked))
    planned = Change(access.System(id="directory", origin=origin), entry, now)
    planned.create(store.row(asked))
    planned.emit("directory.requested", organization_id=asked.place, request_id=asked.id)
    planned.commit(None)


def settle(actor: Member | Staff, id_: str, now: datetime) -> None:
    """Say that a request was answered; it goes. Raises NotFound, also for one of another practice."""
    asked = store.request(place_of(actor), id_)
    if asked is None or not waits(asked, now):
        raise NotFound
    planned = Change(actor, Entry(action="directory.settled", object_id=id_, organization_id=_journal(asked)), now)
    store.plan_settle(planned, asked)
    planned.commit(None)


def hand_over(event: Event, now: datetime) -> None:
    """Leave to enrollment what nobody of a practice can answer: it has ended, or a clock took its last administrator.

    Hears that, and each request: they may have gone after it was found that they act. Raises Busy while there are more.
    """
    place = event.ids["organization_id"]
    if place == PLAN:
        return
    for _ in range(_MOVES):
        if not until_kept(lambda: _hand_over(place, event.request_id, now)):
            return
    raise Busy


def _hand_over(place: str, request_id: str, now: datetime) -> bool:
    """Whether there are more to hand over."""
    if _is_administered(place):
        return False
    found, more = store.first(place, _MOVED_AT_ONCE, now)
    if not found:
        return False
    entries = [Entry(action="directory.handed_over", object_id=one.id, organization_id=place) for one in found]
    planned = Change(system("follow_onboarding", request_id), entries[0], now)
    for entry in entries[1:]:
        planned.record(entry)
    for one in found:
        store.plan_move(planned, one, PLAN, Outrun())
        planned.emit("directory.requested", organization_id=PLAN, request_id=one.id)
    planned.commit(None)
    return more


def _is_administered(organization_id: str) -> bool:
    rows = DirectoryRows([organizations.organization_key(organization_id), rosters.key(organization_id)])
    organization = organizations.find_among(rows, organization_id)
    return organization is not None and not organization.closed and bool(rosters.among(rows, organization_id).active)


def place_of(actor: Member | Staff) -> str:
    """Where the requests are that somebody answers: administrators those of their practice, enrollment the others."""
    return actor.organization_id if isinstance(actor, Member) else PLAN


def _journal(asked: DirectoryRequest) -> str | None:
    return None if asked.place == PLAN else asked.place


def _digits(tin: str) -> str:
    return tin.replace("-", "")
