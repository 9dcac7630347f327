"""How often a secret may be guessed, to the second (CRD-7, S-LIM-01, S-LIM-02, S-LIM-04)."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.core.errors import TooManyAttempts
from chalicelib.credentials.domain.throttles import (
    MOST_IN_A_ROW,
    Attempts,
    Source,
    asked,
    attempted,
    reached_end,
    succeeded,
    tried,
)
from tests.world import START

SECOND = timedelta(seconds=1)


def _after(count: int) -> Attempts:
    """So many failures at one moment, however long each had to wait."""
    return Attempts(failures=count, in_a_row=count, last=START, version=count)


def test_five_failures_cost_no_waiting() -> None:
    """S-LIM-01."""
    attempts = Attempts()
    for _ in range(5):
        attempts = attempted(attempts, START)
    with pytest.raises(TooManyAttempts) as refused:
        attempted(attempts, START)
    assert (refused.value.code, refused.value.retry_after) == ("too_many_attempts", 60)


@pytest.mark.parametrize(("failures", "minutes"), [(5, 1), (6, 2), (7, 4), (8, 8), (9, 15), (10, 15), (60, 15)])
def test_the_pause_grows(failures: int, minutes: int) -> None:
    """S-LIM-01: from 1 to 15 minutes, to the second."""
    free = START + timedelta(minutes=minutes)
    with pytest.raises(TooManyAttempts) as refused:
        attempted(_after(failures), free - SECOND)
    assert refused.value.retry_after == 1
    assert attempted(_after(failures), free).failures == failures + 1


def test_after_an_hour_of_quiet_they_are_forgetfulness() -> None:
    """And yet they stay in a row."""
    hour = START + timedelta(hours=1)
    assert attempted(_after(9), hour - SECOND).failures == 10
    again = attempted(_after(9), hour)
    assert (again.failures, again.in_a_row) == (1, 10)


def test_a_hundred_in_a_row_is_the_end_for_unknown_devices() -> None:
    """S-LIM-02: whatever time passes; a known device has no such end."""
    later = START + timedelta(days=80)
    last = attempted(_after(MOST_IN_A_ROW - 1), later, most_in_a_row=MOST_IN_A_ROW)
    assert reached_end(last)
    with pytest.raises(TooManyAttempts) as refused:
        attempted(last, later + timedelta(days=1), most_in_a_row=MOST_IN_A_ROW)
    assert (refused.value.code, refused.value.retry_after) == ("sign_in_blocked", None)
    assert attempted(last, later + timedelta(days=1)).in_a_row == MOST_IN_A_ROW + 1


@given(st.lists(st.integers(0, 1_200), max_size=400))
def test_nobody_guesses_more_than_the_pauses_allow(gaps: list[int]) -> None:
    """S-LIM-01: whatever the rhythm, no quarter of an hour has more than five guesses and one for each pause."""
    now, attempts, judged = START, Attempts(), list[datetime]()
    for gap in gaps:
        now += timedelta(seconds=gap)
        try:
            attempts = attempted(attempts, now, most_in_a_row=MOST_IN_A_ROW)
        except TooManyAttempts:
            continue
        judged.append(now)
    assert len(judged) <= MOST_IN_A_ROW
    for start in judged:
        assert sum(start <= at < start + timedelta(minutes=15) for at in judged) <= 10


def test_a_source_tries_twenty_accounts_in_ten_minutes() -> None:
    """S-LIM-04: one more is refused until the time is over; the same account again is no further one."""
    source = Source()
    for number in range(20):
        source = tried(source, f"account {number}", START)
    assert tried(source, "account 3", START).accounts == source.accounts
    over = START + timedelta(minutes=10)
    with pytest.raises(TooManyAttempts) as refused:
        tried(source, "one more", over - SECOND)
    assert refused.value.retry_after == 1
    assert tried(source, "one more", over).accounts == {"one more"}


def test_a_whole_practice_signs_in_from_one_address() -> None:
    """S-LIM-04: accounts whose own people came don't count."""
    source = Source()
    for number in range(100):
        source = succeeded(tried(source, f"account {number}", START), f"account {number}")
    assert source.accounts == frozenset()


def test_a_public_form_is_used_twenty_times_from_one_address() -> None:
    """S-LIM-03, S-MAIL-04."""
    source = Source()
    for _ in range(20):
        source = asked(source, START)
    with pytest.raises(TooManyAttempts):
        asked(source, START + timedelta(minutes=10) - SECOND)
    assert asked(source, START + timedelta(minutes=10)).requests == 1
