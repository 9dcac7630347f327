"""Quiet hours, 22:00 to 07:00 on the plan's walls, also in the nights when the clocks are changed (NOT-3)."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.notifications.domain.quiet import not_before, quiet_until
from tests import scale

_HALF_HOURS = timedelta(minutes=30)
# North and south, without DST, with half and quarter hours, with a change of half an hour (Lord Howe), and one that
# left out a day (Apia, 30 December 2011).
_ZONES = (
    "America/New_York",
    "America/Phoenix",
    "America/St_Johns",
    "America/Sao_Paulo",
    "Asia/Kathmandu",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
    "Europe/Lisbon",
    "Pacific/Apia",
    "Pacific/Honolulu",
    "UTC",
)


@pytest.mark.parametrize(
    ("zone", "now", "ends"),
    [
        ("America/New_York", "2026-03-03T02:59:59Z", None),
        ("America/New_York", "2026-03-03T03:00:00Z", "2026-03-03T12:00:00Z"),
        ("America/New_York", "2026-03-03T11:59:59.999999Z", "2026-03-03T12:00:00Z"),
        ("America/New_York", "2026-03-03T12:00:00Z", None),
        # Spring: 22:00 EST to 07:00 EDT is eight hours.
        ("America/New_York", "2026-03-08T03:00:00Z", "2026-03-08T11:00:00Z"),
        ("America/New_York", "2026-03-08T07:30:00Z", "2026-03-08T11:00:00Z"),
        ("America/New_York", "2026-03-08T11:00:00Z", None),
        # Autumn: 22:00 EDT to 07:00 EST is ten hours, and 01:30 comes twice.
        ("America/New_York", "2026-11-01T02:00:00Z", "2026-11-01T12:00:00Z"),
        ("America/New_York", "2026-11-01T05:30:00Z", "2026-11-01T12:00:00Z"),
        ("America/New_York", "2026-11-01T06:30:00Z", "2026-11-01T12:00:00Z"),
        ("America/New_York", "2026-11-01T11:59:59Z", "2026-11-01T12:00:00Z"),
        ("America/New_York", "2026-11-01T12:00:00Z", None),
        # No DST, while New York has it.
        ("America/Phoenix", "2026-07-01T05:00:00Z", "2026-07-01T14:00:00Z"),
        ("America/Phoenix", "2026-07-01T14:00:00Z", None),
        # Half an hour beside everybody else.
        ("Asia/Kolkata", "2026-07-01T16:29:59Z", None),
        ("Asia/Kolkata", "2026-07-01T16:30:00Z", "2026-07-02T01:30:00Z"),
        # A change of half an hour: 22:00 at +11 to 07:00 at +10:30, and back.
        ("Australia/Lord_Howe", "2026-04-04T11:00:00Z", "2026-04-04T20:30:00Z"),
        ("Australia/Lord_Howe", "2026-10-03T11:30:00Z", "2026-10-03T20:00:00Z"),
        # The evening of 29 December 2011 was followed by the 31st.
        ("Pacific/Apia", "2011-12-30T08:30:00Z", "2011-12-30T17:00:00Z"),
    ],
)
def test_when_they_end(zone: str, now: str, ends: str | None) -> None:
    """NOT-3."""
    found = quiet_until(datetime.fromisoformat(now), ZoneInfo(zone))
    assert found == (None if ends is None else datetime.fromisoformat(ends))


@scale.examples(300)
@given(st.integers(946_684_800, 2_114_380_800), st.sampled_from(_ZONES))
def test_the_wall_decides(second: int, name: str) -> None:
    """NOT-3: quiet exactly when a clock on the wall shows 22:00 to 07:00; over with the first 07:00 or later."""
    now, zone = datetime.fromtimestamp(second, UTC), ZoneInfo(name)
    wall = now.astimezone(zone).time()
    ends = quiet_until(now, zone)
    assert (ends is None) is (time(7) <= wall < time(22))
    assert not_before(now, zone, urgent=True) == now
    if ends is None:
        assert not_before(now, zone, urgent=False) == now
        return
    assert not_before(now, zone, urgent=False) == ends
    assert timedelta(0) < ends - now <= timedelta(hours=11)
    assert ends.astimezone(zone).time() == time(7)
    between = now
    while between < ends:
        assert quiet_until(between, zone) == ends
        between += _HALF_HOURS
    assert quiet_until(ends, zone) is None
