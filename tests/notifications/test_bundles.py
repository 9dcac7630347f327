"""How many notices somebody gets, and how fast mail leaves (NOT-3, S-MAIL-04)."""

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.notifications.domain import bundles, pace
from tests import scale
from tests.world import START

_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)


def test_five_in_any_hour() -> None:
    """S-MAIL-04: the sixth may go when the first is an hour old."""
    sent: tuple[datetime, ...] = ()
    for minute in range(5):
        at = START + timedelta(minutes=minute)
        assert bundles.free_at(sent, at) == at
        sent = bundles.counted(sent, at)
    assert bundles.free_at(sent, START + timedelta(minutes=5)) == START + _HOUR
    assert bundles.free_at(sent, START + _HOUR) == START + _HOUR


@scale.examples(200)
@given(st.lists(st.integers(0, 120), min_size=30, max_size=150))
def test_never_more_than_the_bounds(gaps: list[int]) -> None:
    """S-MAIL-04: who goes as soon as they may never makes an hour have more than 5, nor a day more than 20."""
    now, all_sent = START, list[datetime]()
    sent: tuple[datetime, ...] = ()
    for minutes in gaps:
        now = bundles.free_at(sent, now + timedelta(minutes=minutes))
        sent = bundles.counted(sent, now)
        all_sent.append(now)
    assert len(sent) <= bundles.REMEMBERED
    for first in all_sent:
        assert sum(first <= at < first + _HOUR for at in all_sent) <= 5
        assert sum(first <= at < first + _DAY for at in all_sent) <= 20


@given(st.floats(0.05, 500), st.integers(0, 10**15))
def test_slots_are_never_faster_than_allowed(rate: float, microseconds: int) -> None:
    """NOT-3: rounding is on the slow side."""
    assert pace.interval(rate) * rate >= 1000
    at = START + timedelta(microseconds=microseconds)
    assert timedelta(0) <= pace.instant(pace.milliseconds(at)) - at < timedelta(milliseconds=1)


def test_what_has_no_slot_now_is_held_back_until_it_has() -> None:
    """NOT-3: by whole seconds, and by 15 minutes at most, as the queue can't do more."""
    assert pace.may_go(START, START)
    assert pace.may_go(START + timedelta(milliseconds=999), START)
    assert not pace.may_go(START + timedelta(seconds=1), START)
    assert pace.delay(START + timedelta(seconds=1, microseconds=1), START) == 2
    assert pace.delay(START + timedelta(hours=3), START) == 900
