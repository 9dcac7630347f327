"""Events that nobody has handled yet: what a stream or a queue failed to carry is found and carried again (NOT-3).

An outbox row stands along a sparse index until its handler closes it. A look costs in proportion to what is due for
one: nothing along the index is about events that are handled, or too young to be missed.
"""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import msgspec

from chalicelib.core import change, log
from chalicelib.core.events import KEPT, LOOKED_AFTER, Event, Handler, OutboxRow, Subscriptions, along, event_of, send


class StaysOpen(Exception):
    """Some of what an event asks for is still to come; nothing failed."""


class Carried(msgspec.Struct, kw_only=True):
    """What one look found."""

    again: int = 0
    failed: int = 0
    finished: bool = False
    """Whether it came to the end; the next one goes on."""


def closing(handle: Handler) -> Handler:
    """A handler that closes its event when it has handled it, and leaves alone one that it handled already (T11).

    Where several queues hear an event, it is closed by the last of them.
    """

    def heard(event: Event) -> None:
        if _is_done(event):
            return
        try:
            handle(event)
        except StaysOpen:
            return
        _done(event)

    return heard


def carry(subscriptions: Subscriptions, now: datetime, may_go_on: Callable[[], bool]) -> Carried:
    """Carry every open event again that should have been handled by now; the oldest first.

    Each is looked at again after 15 minutes, then twice as long, and so on, until its row ends: what lies with the dead
    letters does not multiply there.
    """
    carried = Carried()
    for row in _due(now):
        if not may_go_on():
            return carried
        try:
            _carry(row, subscriptions, now)
            carried.again += 1
        except Exception as error:  # one bad event must not hold up the others
            log.error("event_not_published", event=row.name, error=type(error).__name__)
            carried.failed += 1
    carried.finished = True
    return carried


def _carry(row: OutboxRow, subscriptions: Subscriptions, now: datetime) -> None:
    event = event_of(row)
    done = set(row.heard or ())
    if done and done.issuperset(subscriptions[event.name]):
        # Whoever was the last to be done got no further than saying so.
        _close(_row(event))
        return
    send(event, subscriptions, done)
    carried = int(row.carried or 0) + 1
    following = along(now + LOOKED_AFTER * 2**carried)
    actions = [
        OutboxRow.open_day.set(following["open_day"]),
        OutboxRow.open_at.set(following["open_at"]),
        OutboxRow.carried.set(carried),
    ]
    change.touch(_row(event), actions, OutboxRow.open_at == row.open_at)
    log.info("event_carried_again", event=row.name, request_id=event.request_id)


def _due(now: datetime) -> Iterator[OutboxRow]:
    until = along(now)["open_at"]
    for ago in reversed(range(KEPT.days + 1)):
        day = along(now - timedelta(days=ago))["open_day"]
        for row in OutboxRow.by_open.query(day, OutboxRow.open_at <= until, page_size=100):
            if row.expires_at is not None and row.expires_at > now:
                yield row


def _close(row: OutboxRow) -> None:
    actions = [OutboxRow.open_day.remove(), OutboxRow.open_at.remove(), OutboxRow.closed.set(True)]
    change.touch(row, actions, OutboxRow.open_at.exists())


def _done(event: Event) -> None:
    """Remember that one who hears an event is done with it; the last one closes it."""
    if event.queues > 1:
        change.touch(_row(event), [OutboxRow.heard.add({event.queue})], OutboxRow.pk.exists())
        found = _found(event)
        if found is None or len(found.heard or ()) < event.queues:
            return
    _close(_row(event))


def _is_done(event: Event) -> bool:
    found = _found(event)
    return found is not None and (bool(found.closed) or event.queue in (found.heard or ()))


def _found(event: Event) -> OutboxRow | None:
    try:
        return OutboxRow.get(f"OUTBOX#{event.id}", "EVENT", consistent_read=True)
    except OutboxRow.DoesNotExist:
        return None


def _row(event: Event) -> OutboxRow:
    return OutboxRow(f"OUTBOX#{event.id}", "EVENT")
