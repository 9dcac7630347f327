"""The queue of notices, as those put something back into it who let it wait (NOT-3)."""

from datetime import datetime

import msgspec

from chalicelib.core import events, ids
from chalicelib.core.events import Event
from chalicelib.notifications.domain import pace

QUEUE = "notifications"

_RECEIVER, _OF, _SLOT, _PERSON = "receiver", "of", "slot", "person"
_NO_HURRY, _LONGEST = 5, 900
"""Seconds after which something is tried again that SES had no room for, at least and at most."""


class Held(msgspec.Struct, frozen=True):
    """A notice that waited for its slot: because of which event, for which receiver."""

    event: Event
    receiver: str
    slot: datetime


def hold(event: Event, receiver: str, slot: datetime, now: datetime) -> None:
    """Let one receiver's notice come when its slot does; `notice.waiting` says so to the handler of the queue."""
    more = {_RECEIVER: receiver, _OF: event.name, _SLOT: slot.isoformat()}
    held = msgspec.structs.replace(event, name="notice.waiting", version=1, ids={**event.ids, **more})
    events.put_back(QUEUE, held, pace.delay(slot, now))


def held(event: Event) -> Held:
    """What `hold` put there."""
    own = {name: value for name, value in event.ids.items() if name not in (_RECEIVER, _OF, _SLOT)}
    of = msgspec.structs.replace(event, name=event.ids[_OF], ids=own)
    return Held(of, event.ids[_RECEIVER], datetime.fromisoformat(event.ids[_SLOT]))


def hold_longer(event: Event, slot: datetime, now: datetime) -> None:
    """Let something wait on that came before its slot: a queue holds nothing longer than 15 minutes."""
    events.put_back(QUEUE, event, pace.delay(slot, now))


def call(person: str, now: datetime) -> None:
    """Have all looked at that waits for somebody and is due; `notices.due` says so to the handler of the queue."""
    due = Event(id=ids.sortable("evt", now), name="notices.due", version=1, at=now, ids={_PERSON: person})
    events.put_back(QUEUE, due, 0)


def called(event: Event) -> tuple[str, datetime | None]:
    """For whom `call` was, and the slot that it waits for since."""
    slot = event.ids.get(_SLOT)
    return event.ids[_PERSON], None if slot is None else datetime.fromisoformat(slot)


def call_then(event: Event, slot: datetime, now: datetime) -> None:
    """Let a call come again when its slot does."""
    events.put_back(
        QUEUE, msgspec.structs.replace(event, ids={**event.ids, _SLOT: slot.isoformat()}), pace.delay(slot, now)
    )


def again(event: Event, now: datetime) -> None:
    """Let a whole event come again that SES had no room for, the later the longer it has had none."""
    waited = int((now - event.at).total_seconds())
    events.put_back(QUEUE, event, min(_LONGEST, max(_NO_HURRY, waited // 4)))
