"""When the portal writes to executives by itself: by day, as the plan's clocks have it (ORG-2)."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo

MORNING = time(9)
"""When a wave begins, and what waited for the day goes out."""
FROM, UNTIL = time(8), time(20)
"""Between these nobody's mailbox rings at night."""


def by_day(at: datetime, zone: tzinfo) -> datetime:
    """The first instant from `at` on at which a mail may go: itself by day, else the next morning at nine."""
    wall = at.astimezone(zone)
    if FROM <= wall.time() < UNTIL:
        return at
    day = wall.date() if wall.time() < FROM else wall.date() + timedelta(days=1)
    return morning(day, zone)


def is_day(at: datetime, zone: tzinfo) -> bool:
    """Whether a mail may go at `at`."""
    return by_day(at, zone) == at


def morning(day: date, zone: tzinfo) -> datetime:
    """Nine in the morning of a day in a zone, in UTC."""
    return datetime.combine(day, MORNING, zone).astimezone(UTC)


def day_over(day: date, zone: tzinfo) -> datetime:
    """The end of a day in a zone, in UTC: the first instant of the next one, whatever clocks did in between."""
    return datetime.combine(day + timedelta(days=1), time(), zone).astimezone(UTC)
