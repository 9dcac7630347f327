"""Quiet hours: at night nobody's phone rings for what can wait (NOT-3)."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo

BEGINS = time(22, 0)
ENDS = time(7, 0)
_DAY = timedelta(days=1)


def quiet_until(now: datetime, zone: tzinfo) -> datetime | None:
    """When the quiet hours that `now` falls into end, in UTC; None outside of them.

    The clock on the wall decides, in the plan's time zone: where it is put forward in that night they are an hour
    shorter, and an hour longer where it is put back.
    """
    wall = now.astimezone(zone)
    if not _is_quiet(wall.time()):
        return None
    end = _ends_on(wall.date(), zone)
    # In the evening they end tomorrow; where a zone leaves out a whole day, on the day after.
    while end <= now:
        end = _ends_on(end.astimezone(zone).date() + _DAY, zone)
    return end


def not_before(at: datetime, zone: tzinfo, *, urgent: bool) -> datetime:
    """The first instant from `at` on at which somebody may be told; what is urgent waits for no morning."""
    return at if urgent else quiet_until(at, zone) or at


def _is_quiet(wall: time) -> bool:
    return wall >= BEGINS or wall < ENDS


def _ends_on(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, ENDS, zone).astimezone(UTC)
