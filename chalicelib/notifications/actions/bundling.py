"""One mail about all that waited for somebody: how many kinds of notices, never which or about what (NOT-2, NOT-3)."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

import msgspec

from chalicelib.core import config
from chalicelib.core.access import system
from chalicelib.core.change import Change
from chalicelib.core.events import Event
from chalicelib.core.journal import Entry
from chalicelib.notifications import mail, queue
from chalicelib.notifications.actions.sending import Telling
from chalicelib.notifications.domain import Category, pace, quiet
from chalicelib.notifications.store import bursts, claims, pending, slots
from chalicelib.notifications.store.pending import Pending
from chalicelib.plan import store as plan_store

Look = Callable[[Event, str, datetime], Telling | None]

_WAITING = "PENDING"
"""Stands for the receiver in the claim of all that waits for somebody."""
# Each is a deletion, an update of its claim and a record; besides them there are the claim and the operation.
_AT_ONCE = 30


class _Due(msgspec.Struct):
    """What waited and is due."""

    first: dict[tuple[Category, bool], Telling]
    """Of each category, urgent or not, the first that still concerns its receiver."""
    waited: list[Pending]


def send_due(event: Event, look: Look, now: datetime) -> None:
    """Send what waited for somebody and is due, as one mail, once. Raises what kept SES from taking it."""
    person, slot = queue.called(event)
    if slot is not None and slot > now:
        queue.hold_longer(event, slot, now)
        return
    taken = claims.claim(person, _WAITING, now)
    if taken is None:
        # Somebody is at it, or it has a slot to come; the timer calls again as long as anything waits.
        return
    _clear(person, _told_already(person, taken), "sent", now)
    due = _due(person, look, now)
    if due.first and not taken.counted and bursts.count(person, now) > now:
        claims.free(person, _WAITING)
        return
    if due.first:
        try:
            if not _send(event, person, due, taken, now):
                return
        except mail.Stopped:
            due.first.clear()
    _end(person, due, taken, now)


def _due(person: str, look: Look, now: datetime) -> _Due:
    morning = quiet.quiet_until(now, ZoneInfo(plan_store.settings().time_zone))
    found = _Due({}, [])
    for waits in pending.of(person):
        if waits.due > now or (morning is not None and not waits.urgent):
            continue
        found.waited.append(waits)
        if _kind(waits) not in found.first:
            telling = look(waits.event, waits.receiver, now)
            if telling is not None:
                found.first[_kind(waits)] = telling
    return found


def _kind(waits: Pending) -> tuple[Category, bool]:
    return waits.category, waits.urgent


def _send(event: Event, person: str, due: _Due, taken: claims.ClaimRow, now: datetime) -> bool:
    """Whether it went out; it waits otherwise."""
    rate = config.current().mails_per_second
    if not taken.had_slot:
        slot = slots.take(now, rate)
        if not pace.may_go(slot, now):
            return _wait(event, person, slot, now)
    telling = next(iter(due.first.values()))
    plan = plan_store.settings().name
    try:
        if len(due.waited) == 1:
            mail.send(telling.address, telling.language, telling.template, plan=plan, **telling.places)
        else:
            template = "urgent_waiting" if any(urgent for _, urgent in due.first) else "waiting"
            number = len({category for category, _ in due.first})
            mail.send(telling.address, telling.language, template, plan=plan, number=number)
    except mail.Throttled:
        return _wait(event, person, max(slots.take(now, rate), now + timedelta(seconds=1)), now)
    except mail.NotSent:
        claims.give_back(person, _WAITING)
        raise
    return True


def _wait(event: Event, person: str, slot: datetime, now: datetime) -> bool:
    claims.wait(person, _WAITING, slot)
    queue.call_then(event, slot, now)
    return False


def _told_already(person: str, taken: claims.ClaimRow) -> Iterator[Pending]:
    """What the last mail was about, where whoever sent it died before clearing it all away."""
    told_at = taken.told_at
    if told_at is not None:
        yield from (waits for waits in pending.of(person) if waits.due <= told_at and waits.since <= told_at)


def _end(person: str, due: _Due, taken: claims.ClaimRow, now: datetime) -> None:
    """With the first of them it is on record that the mail went: the rest is cleared away by whoever comes."""
    repeated = taken.may_repeat and bool(due.first)
    concerned = [waits for waits in due.waited if _kind(waits) in due.first]
    others = [waits for waits in due.waited if _kind(waits) not in due.first]
    head, rest = concerned[:_AT_ONCE], concerned[_AT_ONCE:]
    if head:
        _commit(person, head, "sent", now, repeated=repeated, told=True, more=bool(rest))
    if rest:
        _clear(person, rest, "sent", now)
        claims.all_cleared(person, _WAITING)
    _clear(person, others, "dropped", now)
    if not head:
        claims.free(person, _WAITING)


def _clear(person: str, waited: Iterator[Pending] | Sequence[Pending], state: claims.State, now: datetime) -> None:
    left = iter(waited)
    while some := list(islice(left, _AT_ONCE)):
        _commit(person, some, state, now)


def _commit(
    person: str,
    some: Sequence[Pending],
    state: claims.State,
    now: datetime,
    *,
    repeated: bool = False,
    told: bool = False,
    more: bool = False,
) -> None:
    """Put on record what became of notices that waited, and clear them away.

    `told`: that the mail went, too; `more`: about others that are cleared away after these.
    """
    entries = [_entry(waits, state, repeated=repeated) for waits in some]
    planned = Change(system("notifications"), entries[0], now)
    for entry in entries[1:]:
        planned.record(entry)
    for waits in some:
        planned.delete(pending.row(waits))
        planned.update(claims.claim_row(waits.event.id, waits.receiver), [claims.ClaimRow.state.set(state)])
    if told:
        planned.update(claims.claim_row(person, _WAITING), claims.used_again(now if more else None))
    planned.commit(None)


def _entry(waits: Pending, state: claims.State, *, repeated: bool) -> Entry:
    more = {"repeated": "true"} if repeated else {}
    return Entry(
        action=f"notice.{state}",
        object_id=waits.event.id,
        organization_id=waits.organization_id,
        after={"receiver": waits.receiver, "category": waits.category, "bundled": "true", **more},
    )
