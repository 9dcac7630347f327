"""By when the plan calls a review: the end of a day in its zone, and not too soon (REV-1)."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from chalicelib.access_reviews.domain import calls

NEW_YORK = ZoneInfo("America/New_York")
SECOND, DAY = timedelta(seconds=1), timedelta(days=1)


@pytest.mark.parametrize(
    ("until", "zone", "expected"),
    [
        (date(2026, 7, 1), "America/New_York", datetime(2026, 7, 2, 4, tzinfo=UTC)),
        (date(2026, 12, 31), "America/New_York", datetime(2027, 1, 1, 5, tzinfo=UTC)),
        # Of 23 hours and of 25.
        (date(2026, 3, 8), "America/New_York", datetime(2026, 3, 9, 4, tzinfo=UTC)),
        (date(2026, 3, 7), "America/New_York", datetime(2026, 3, 8, 5, tzinfo=UTC)),
        (date(2026, 11, 1), "America/New_York", datetime(2026, 11, 2, 5, tzinfo=UTC)),
        (date(2026, 10, 31), "America/New_York", datetime(2026, 11, 1, 4, tzinfo=UTC)),
        (date(2028, 2, 28), "America/New_York", datetime(2028, 2, 29, 5, tzinfo=UTC)),
        (date(2028, 2, 29), "America/New_York", datetime(2028, 3, 1, 5, tzinfo=UTC)),
        (date(2026, 7, 1), "Pacific/Honolulu", datetime(2026, 7, 2, 10, tzinfo=UTC)),
    ],
)
def test_the_end_of_a_day_in_the_plans_zone(until: date, zone: str, expected: datetime) -> None:
    """REV-1: across a leap day and both changes of the clocks."""
    assert calls.ends_at(until, ZoneInfo(zone)) == expected


@pytest.mark.parametrize("until", [date(2026, 3, 8), date(2026, 11, 1), date(2028, 2, 29), date(2026, 7, 1)])
def test_a_call_leaves_three_days_to_the_second(until: date) -> None:
    """REV-1: of 24 hours, whatever the clocks do; a second less is too soon."""
    latest = calls.ends_at(until, NEW_YORK) - calls.LEAST_DAYS * DAY
    assert calls.check(until, NEW_YORK, 90, latest) == []
    (error,) = calls.check(until, NEW_YORK, 90, latest + SECOND)
    assert (error.pointer, error.code, error.limit) == ("/by", "too_soon", 3)


def test_a_call_beyond_everybodys_own_deadline_is_none() -> None:
    """REV-1: it would bring nobody's forward."""
    now = datetime(2026, 3, 2, 15, tzinfo=UTC)
    assert calls.check(date(2026, 5, 31), NEW_YORK, 90, now) == []
    for until in (date(2026, 6, 1), date.max):
        (error,) = calls.check(until, NEW_YORK, 90, now)
        assert (error.code, error.limit) == ("too_far", 90)


def test_a_day_that_is_over() -> None:
    now = datetime(2026, 3, 2, 15, tzinfo=UTC)
    for until in (date(2026, 3, 1), date.min):
        assert [error.code for error in calls.check(until, NEW_YORK, 90, now)] == ["too_soon"]
