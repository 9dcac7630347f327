"""Trying again what was planned from something that changed before it was written."""

from collections.abc import Callable
from typing import TypeVar

from chalicelib.core import clock, ids
from chalicelib.core.errors import Busy, Conflict

TRIES = 8
_FIRST_PAUSE = 0.02

T = TypeVar("T")


class Outrun(Conflict):
    """Somebody changed what was read before it was written, and what follows from it has to be worked out anew."""


def until_kept(doing: Callable[[], T]) -> T:
    """Do what reads and writes, again as long as somebody was faster. Raises Busy when the tries are used up."""
    for attempt in range(TRIES):
        try:
            return doing()
        except Outrun:
            clock.pause(ids.jitter(_FIRST_PAUSE * 2**attempt))
    raise Busy
