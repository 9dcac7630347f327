"""What SES tells of mails that came back, or that somebody complained of (NOT-4, S-MAIL-07)."""

from datetime import datetime

from chalicelib.core import outrun
from chalicelib.core.access import system
from chalicelib.core.change import Change
from chalicelib.core.journal import Entry
from chalicelib.notifications.actions import executives, unreachable
from chalicelib.notifications.domain import stops as rules
from chalicelib.notifications.domain.addresses import compared
from chalicelib.notifications.domain.stops import Feedback
from chalicelib.notifications.store import stops
from chalicelib.plan import store as plan_store


def hear(address: str, feedback: Feedback, now: datetime) -> None:
    """Keep what a feedback says of an address; a stop of it leaves as `address.stopped`, once for each whose it is.

    Hearing it again, in another order, or after the address was mended changes nothing.
    """
    outrun.until_kept(lambda: _hear(address, feedback, now))


def _hear(address: str, feedback: Feedback, now: datetime) -> None:
    before = stops.record(address)
    after = rules.heard(before, feedback)
    if after is before:
        return
    stop = rules.stop(after)
    told = stop is not None and stop != rules.stop(before)
    # As many as fit a change.
    whose = executives.users_at(address)[:80]
    entry = Entry(
        action="address.stopped" if told else "address.bounced",
        object_id=whose[0] if len(whose) == 1 else "",
        after={"kind": feedback.kind, "reason": stop.reason if stop is not None else None},
    )
    planned = Change(system("bounces"), entry, now)
    stops.keep(planned, address, before, after, outrun.Outrun())
    if told:
        for user_id in whose:
            planned.emit("address.stopped", user_id=user_id)
        executives.tell_of_stop(planned, address, 90 - len(whose))
        if compared(address) in map(compared, unreachable.own_addresses(plan_store.settings())):
            planned.emit("staff.unreachable", user_id="")
    planned.commit(None)
