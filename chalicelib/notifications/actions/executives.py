"""Chief executives whom no mail reaches are marked where enrollment's pages read it (NOT-4, ORG-1).

As with `marks`: worked out from how things are, so hearing an event late, twice or in another order leads to the same.
"""

from datetime import datetime
from functools import partial

from chalicelib.accounts import store as accounts_store
from chalicelib.accounts.domain.stopped import Stop
from chalicelib.core import outrun
from chalicelib.core.access import system
from chalicelib.core.change import Change
from chalicelib.core.errors import TooManyAttempts
from chalicelib.core.events import Event
from chalicelib.core.journal import Entry
from chalicelib.enrollment.domain.nominations import Nomination
from chalicelib.enrollment.store import unreachable
from chalicelib.enrollment.store.unreachable import ExecutiveStoppedRow, Mark
from chalicelib.notifications.domain import stops as rules
from chalicelib.notifications.store import addresses, executives, stops
from chalicelib.organizations import store as organizations


def keep(event: Event, now: datetime) -> None:
    """Bring the mark of a practice in line.

    Hears `executive.stopped`, `executive.mended`, that a form was sent or came back, and that the practice has ended.
    """
    outrun.until_kept(partial(_keep, event, now))


def _keep(event: Event, now: datetime) -> None:
    organization = organizations.find(event.ids["organization_id"])
    if organization is None:
        return
    address = organization.executive_email
    record = stops.record(address)
    stop = rules.stop(record) if address and not organization.closed else None
    wanted = None if stop is None else Mark(organization.id, unreachable.digest(address), stop)
    marked = unreachable.mark(organization.id)
    if wanted == marked:
        return
    entry = Entry(
        action="address.marked" if wanted is not None else "address.unmarked",
        object_id=organization.id,
        organization_id=organization.id,
        before={"reason": None if marked is None else marked.stop.reason},
        after={"reason": None if stop is None else stop.reason},
    )
    planned = Change(system("bounces", event.request_id), entry, now)
    stops.require(planned, address, record, outrun.Outrun())
    if wanted is None:
        planned.delete(ExecutiveStoppedRow(*unreachable.key(organization.id)))
    else:
        organizations.require_executive(planned, organization, outrun.Outrun())
        planned.put(unreachable.row(wanted))
    planned.commit(None)


def tell_of_stop(planned: Change, address: str, most: int) -> None:
    """Plan that the marks of practices are looked at whose executive was mailed at an address, `most` of them.

    Any others are once they are mailed again.
    """
    for organization_id in executives.organizations_of(address)[:most]:
        planned.emit("executive.stopped", organization_id=organization_id)


def tell_of_mending(planned: Change, address: str, most: int) -> None:
    """Likewise, as the address is tried again."""
    for organization_id in executives.organizations_of(address)[:most]:
        planned.emit("executive.mended", organization_id=organization_id)


def users_at(address: str) -> list[str]:
    """Ids of the users who sign in with an address or have their notices there."""
    signs_in = accounts_store.user_id_of(address)
    return sorted({*([signs_in] if signs_in is not None else []), *addresses.holders(address)})


def try_again(event: Event, nomination: Nomination, now: datetime) -> None:
    """A form that staff send by hand goes also to an address that was stopped before: they saw it flagged.

    Three times a day at most, as others try theirs (NOT-4); beyond that it stays stopped.
    """
    stop = _stopped_before(nomination)
    if stop is not None and nomination.sent_by.startswith("usr_"):
        outrun.until_kept(partial(_mend, event, nomination, now))


def _mend(event: Event, nomination: Nomination, now: datetime) -> None:
    address = nomination.executive_email
    record = stops.record(address)
    if _stopped_before(nomination) is None:
        return
    try:
        mended = rules.mended(record, now)
    except TooManyAttempts:
        return
    entry = Entry(
        action="address.mended",
        object_id=nomination.organization_id,
        organization_id=nomination.organization_id,
        after={"by": nomination.sent_by},
    )
    planned = Change(system("notifications", event.request_id), entry, now)
    stops.keep(planned, address, record, mended, outrun.Outrun())
    for user_id in users_at(address)[:40]:
        planned.emit("address.mended", user_id=user_id)
    tell_of_mending(planned, address, 40)
    planned.commit(None)


def _stopped_before(nomination: Nomination) -> Stop | None:
    """The stop of its address, if that was known when the form was sent."""
    stop = rules.stop(stops.record(nomination.executive_email))
    return stop if stop is not None and stop.since < nomination.sent_at else None
