"""How fast mail leaves: everybody's mails share what SES lets through in a second (NOT-3)."""

import math
from datetime import UTC, datetime, timedelta

_SECOND = timedelta(seconds=1)
# The longest that a queue holds a message back.
_LONGEST_DELAY = timedelta(minutes=15)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def interval(mails_per_second: float) -> int:
    """Milliseconds between two slots, rounded up: never faster than allowed."""
    return math.ceil(1000 / mails_per_second)


def milliseconds(at: datetime) -> int:
    """An instant as whole milliseconds since 1970, rounded up."""
    return -((_EPOCH - at) // timedelta(milliseconds=1))


def instant(since_1970: int) -> datetime:
    """The instant that so many milliseconds mean."""
    return _EPOCH + timedelta(milliseconds=since_1970)


def may_go(slot: datetime, now: datetime) -> bool:
    """Whether a slot is used at once: SES counts by the second, so the order within one doesn't matter."""
    return slot < now + _SECOND


def delay(slot: datetime, now: datetime) -> int:
    """How many whole seconds the queue holds something back whose slot is still to come; at most 15 minutes."""
    return max(1, math.ceil(min(slot - now, _LONGEST_DELAY) / _SECOND))
