"""The clock only moves forward, and remembers what it said."""

from datetime import UTC, datetime, timedelta

import pytest

from local.clock import ClockError, MovableClock


def test_it_moves_forward_by_seconds_and_to_a_time() -> None:
    clock = MovableClock()
    clock.advance(90)
    assert clock.offset == timedelta(seconds=90)
    target = datetime.now(UTC) + timedelta(days=90)
    assert clock.set(target) == target
    assert target <= clock.now() < target + timedelta(seconds=5)


@pytest.mark.parametrize("seconds", [-0.001, -3600, float("nan"), float("inf"), 1e12])
def test_it_never_moves_back_or_out_of_the_calendar(seconds: float) -> None:
    clock = MovableClock()
    clock.advance(10)
    with pytest.raises(ValueError):
        clock.advance(seconds)
    assert clock.offset == timedelta(seconds=10)


def test_a_time_in_the_past_is_refused() -> None:
    clock = MovableClock()
    clock.advance(3600)
    with pytest.raises(ClockError, match="only moves forward"):
        clock.set(datetime.now(UTC) + timedelta(minutes=59))


def _instant_that_is_over() -> datetime:
    """Two readings may be of one microsecond: whatever comes now is later than this one."""
    instant = datetime.now(UTC)
    while datetime.now(UTC) <= instant:
        pass
    return instant


def test_it_knows_what_it_said_earlier() -> None:
    clock = MovableClock()
    before = _instant_that_is_over()
    clock.advance(60)
    between = _instant_that_is_over()
    clock.advance(60)
    assert clock.portal_time(before) == before
    assert clock.portal_time(between) == between + timedelta(seconds=60)
    assert clock.portal_time(datetime.now(UTC)) - datetime.now(UTC) > timedelta(seconds=119)


def test_a_restart_goes_back_to_the_present() -> None:
    clock = MovableClock()
    clock.advance(60)
    clock.restart()
    assert clock.offset == timedelta(0)
