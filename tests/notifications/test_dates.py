"""Deadlines as people read them: in the plan's zone, in both languages, never later than they are (PLT-8)."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from chalicelib.core.texts import Language
from chalicelib.notifications import dates

ZONE = ZoneInfo("America/New_York")


@pytest.mark.parametrize(
    ("at", "language", "expected"),
    [
        (datetime(2026, 3, 2, 15, 0, 59, tzinfo=UTC), "en", "before March 2, 2026, 10:00 AM EST"),
        (datetime(2026, 3, 2, 15, 0, 59, tzinfo=UTC), "es", "antes del 2 de marzo de 2026, 10:00 EST"),
        (datetime(2026, 12, 1, 2, 30, tzinfo=UTC), "en", "before November 30, 2026, 09:30 PM EST"),
        # The night in which clocks are put forward, and the one in which they are put back.
        (datetime(2026, 3, 8, 7, 30, tzinfo=UTC), "en", "before March 8, 2026, 03:30 AM EDT"),
        (datetime(2026, 11, 1, 5, 30, tzinfo=UTC), "es", "antes del 1 de noviembre de 2026, 01:30 EDT"),
        (datetime(2026, 11, 1, 6, 30, tzinfo=UTC), "es", "antes del 1 de noviembre de 2026, 01:30 EST"),
        # Over at midnight: the day before is the last one; also of a leap year, and in summer.
        (datetime(2028, 3, 1, 5, 0, tzinfo=UTC), "en", "by the end of February 29, 2028"),
        (datetime(2028, 3, 1, 5, 0, tzinfo=UTC), "es", "hasta el final del 29 de febrero de 2028"),
        (datetime(2026, 7, 1, 4, 0, tzinfo=UTC), "en", "by the end of June 30, 2026"),
        (datetime(2026, 7, 1, 4, 0, 1, tzinfo=UTC), "en", "before July 1, 2026, 12:00 AM EDT"),
    ],
)
def test_a_deadline(at: datetime, language: Language, expected: str) -> None:
    assert dates.deadline(language, at, ZONE) == expected
