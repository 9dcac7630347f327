"""The portal's clock on one machine: the machine's, moved forward by hand from the console."""

import threading
from datetime import UTC, datetime, timedelta

_LAST_YEAR = 2200


class ClockError(ValueError):
    """The clock can't be moved so; the text says why."""


class MovableClock:
    """Real time plus an offset that only grows. Safe to use from threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        # (real instant, offset from then on): a mail that was sent under an earlier offset keeps its time.
        self._moves: list[tuple[datetime, timedelta]] = [(datetime.min.replace(tzinfo=UTC), timedelta(0))]

    @property
    def offset(self) -> timedelta:
        """How far the portal's time is ahead of the machine's."""
        return self._moves[-1][1]

    def now(self) -> datetime:
        """The portal's time, aware, in UTC."""
        return datetime.now(UTC) + self.offset

    def portal_time(self, real: datetime) -> datetime:
        """What the portal's clock said at a real instant."""
        return real + next(offset for since, offset in reversed(self._moves) if since <= real)

    def advance(self, seconds: float) -> datetime:
        """Move forward by `seconds`; gives the new time. Raises ClockError."""
        with self._lock:
            try:
                return self._move(datetime.now(UTC), self.offset + timedelta(seconds=seconds))
            except OverflowError:
                raise ClockError("that is out of the calendar") from None

    def set(self, target: datetime) -> datetime:
        """Move forward to `target` (aware); gives the new time. Raises ClockError."""
        with self._lock:
            real = datetime.now(UTC)
            return self._move(real, target - real)

    def restart(self) -> None:
        """Back to real time: only for a reset, when no data from the future is left."""
        with self._lock:
            del self._moves[1:]

    def _move(self, real: datetime, offset: timedelta) -> datetime:
        if offset < self.offset:
            raise ClockError("the clock only moves forward; a reset starts it again at the present")
        moved = real + offset
        if moved.year > _LAST_YEAR:
            raise ClockError("that is too far ahead")
        self._moves.append((real, offset))
        return moved
