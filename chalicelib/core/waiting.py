"""What waits for somebody (NOT-5), as each feature tells it at a bounded cost and the room `attention` gathers it."""

from collections.abc import Iterable
from datetime import datetime

import msgspec

from chalicelib.core.answers import Named

MOST = 100
"""Of one kind are looked at; what is beyond is told as "more"."""
FIRST = 5
"""Of one kind are named."""


class Task(msgspec.Struct, frozen=True):
    """One thing that waits: what it is about, by a name that whoever has the task may read."""

    id: str
    name: str
    since: datetime | None = None
    """When it began to wait, where that is known."""


class Waiting(msgspec.Struct, frozen=True, kw_only=True):
    """How many of one kind wait in one place, and the first few."""

    count: int
    more: bool = False
    """Whether there are more than were looked at, of which some may wait too."""
    first: tuple[Task, ...] = ()
    place: Named | None = None
    """The mailbox it waits in, of whoever works in several."""


def waiting(found: Iterable[Task], *, more: bool = False, place: Named | None = None) -> Waiting:
    """Tasks that were found, in the order to name them in."""
    tasks = tuple(found)
    return Waiting(count=len(tasks), more=more, first=tasks[:FIRST], place=place)
