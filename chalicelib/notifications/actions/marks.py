"""Who gets no mail is marked where lists and pages read it (NOT-4).

Everything is worked out from how things are: hearing an event late, twice or in another order leads to the same marks.
A new mark lets `member.unreachable` or `staff.unreachable` leave with it, so one stop is told once.
"""

from collections.abc import Iterator
from datetime import datetime
from functools import partial

import msgspec

from chalicelib.accounts import store as accounts_store
from chalicelib.accounts.domain.stopped import Mark, Stop
from chalicelib.accounts.store import stopped
from chalicelib.accounts.store.stopped import MarkRow
from chalicelib.core import outrun
from chalicelib.core.access import system
from chalicelib.core.change import Change
from chalicelib.core.events import Event
from chalicelib.core.journal import Entry
from chalicelib.core.tables import DirectoryRows
from chalicelib.notifications.actions import mending
from chalicelib.notifications.domain import stops as rules
from chalicelib.notifications.domain.stops import Record
from chalicelib.notifications.store import stops
from chalicelib.plan import store as plan_store

_GONE = frozenset({"removed", "rejected"})


class Place(msgspec.Struct, frozen=True):
    """Where somebody is administered: an organization, or the plan when None."""

    organization_id: str | None
    id: str


def keep(event: Event, now: datetime) -> None:
    """Bring somebody's marks in line; hears `address.stopped` and `address.mended`, and of their other addresses."""
    user_id = event.ids["user_id"]
    for place in places(user_id):
        outrun.until_kept(partial(_keep, event, place, user_id, now))


def places(user_id: str) -> Iterator[Place]:
    """Where somebody is administered."""
    if plan_store.staff_member(user_id) is not None:
        yield Place(None, user_id)
    for membership in accounts_store.memberships_of(user_id):
        if membership.status not in _GONE:
            yield Place(membership.organization_id, membership.id)


def known(user_id: str) -> dict[str, Record]:
    """What is known of the addresses that mail to somebody goes to; the one they sign in with first."""
    return stops.records(mending.in_use(accounts_store.user(user_id)))


def _keep(event: Event, place: Place, user_id: str, now: datetime) -> None:
    found = known(user_id)
    wanted = next(filter(None, map(rules.stop, found.values())), None)
    rows = DirectoryRows([stopped.key(place.organization_id, place.id)])
    marked = stopped.among(rows, place.organization_id, place.id)
    if wanted == marked:
        return
    planned = Change(system("bounces", event.request_id), _entry(place, marked, wanted), now)
    for address, record in found.items():
        stops.require(planned, address, record, outrun.Outrun())
    if wanted is None:
        planned.delete(MarkRow(*stopped.key(place.organization_id, place.id)))
    else:
        planned.put(stopped.row(place.organization_id, Mark(place.id, wanted)))
    if marked is None:
        _emit(planned, place)
    planned.commit(None)


def _emit(planned: Change, place: Place) -> None:
    if place.organization_id is None:
        planned.emit("staff.unreachable", user_id=place.id)
    else:
        planned.emit("member.unreachable", organization_id=place.organization_id, membership_id=place.id)


def _entry(place: Place, before: Stop | None, after: Stop | None) -> Entry:
    return Entry(
        action="address.marked" if after is not None else "address.unmarked",
        object_id=place.id,
        organization_id=place.organization_id,
        before={"reason": None if before is None else before.reason},
        after={"reason": None if after is None else after.reason},
    )
