"""The plan calls a review of everybody, or of some practices, by a date (REV-1)."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo

import msgspec

from chalicelib.core.errors import FieldError

LEAST_DAYS = 3
"""So many days of 24 hours a call leaves at least: nobody is suspended overnight."""
MOST_ORGANIZATIONS = 100


class Caller(msgspec.Struct, frozen=True):
    """Who of the plan called, as they were called then."""

    id: str
    name: str


class Call(msgspec.Struct, frozen=True, kw_only=True):
    """A call of the plan. The last one counts, of everybody as well as of one practice; none gives time back."""

    id: str
    at: datetime
    by: Caller
    until: date
    """The last day, as the plan's calendar has it."""
    ends_at: datetime
    """The end of that day in the plan's zone: from then on who was not verified since the call is suspended."""
    organizations: list[str] | None = None
    """Ids; None for everybody."""


def ends_at(until: date, zone: tzinfo) -> datetime:
    """The end of a day in a zone, in UTC: the first instant of the next one, whatever clocks did in between."""
    return datetime.combine(until + timedelta(days=1), time(), zone).astimezone(UTC)


SETTLED_AFTER = timedelta(days=2)
"""So long after its end a call may still have to be made visible by the job."""


def gives_back(end: datetime, before: datetime | None, now: datetime) -> bool:
    """Whether a call until `end` would give back what one before it took, or is about to take on the day promised."""
    return before is not None and before < end and now < before + SETTLED_AFTER


def check(until: date, zone: tzinfo, review_days: int, now: datetime) -> list[FieldError]:
    """What is wrong with the last day of a call: it leaves too little time, or comes after everybody's own deadline."""
    # First, as there is a last day of all calendars.
    if until > (now.astimezone(zone) + timedelta(days=review_days)).date():
        return [FieldError("/by", "too_far", review_days)]
    if ends_at(until, zone) - now < timedelta(days=LEAST_DAYS):
        return [FieldError("/by", "too_soon", LEAST_DAYS)]
    return []
