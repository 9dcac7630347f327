"""The time (architecture: the world door).

The only module that asks the machine what time it is. Rules take `now` as an argument; this is where callers get it.
"""

import time
from collections.abc import Callable
from datetime import UTC, datetime


def _system() -> datetime:
    return datetime.now(UTC)


_source: Callable[[], datetime] = _system


def now() -> datetime:
    """The present instant, aware, in UTC (PLT-2)."""
    return _source()


def set_source(source: Callable[[], datetime] | None) -> None:
    """Take the time from `source` (the local portal's movable clock, tests); None goes back to the machine's."""
    global _source
    _source = source or _system


def pause(seconds: float) -> None:
    """Wait; only the retry loop of a change does so, for milliseconds."""
    time.sleep(seconds)


def stopwatch() -> Callable[[], int]:
    """Start measuring how long something takes; the result tells the milliseconds so far."""
    started = time.perf_counter()
    return lambda: round((time.perf_counter() - started) * 1000)
