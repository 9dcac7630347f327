"""When a session counts, to the second."""

from datetime import datetime, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.core import ids
from chalicelib.credentials.domain import Session
from tests.world import START

SESSION = Session(
    hash="h",
    user_id="usr_1",
    user_epoch=1,
    kind="member",
    started_at=START,
    last_seen=START,
    proved_at=START,
    idle_minutes=15,
    hours=12,
)
SECOND = timedelta(seconds=1)


def _seen(last_seen: datetime) -> Session:
    return msgspec.structs.replace(SESSION, last_seen=last_seen)


@pytest.mark.parametrize(
    ("after", "alive"),
    [
        (timedelta(0), True),
        (timedelta(minutes=15) - SECOND, True),
        (timedelta(minutes=15), False),
        (timedelta(minutes=15) + SECOND, False),
    ],
)
def test_it_ends_after_15_idle_minutes(after: timedelta, alive: bool) -> None:
    """CRD-8, S-SESS-03."""
    last_seen = START + timedelta(hours=3)
    assert _seen(last_seen).alive(last_seen + after) is alive


@pytest.mark.parametrize(
    ("after", "alive"),
    [
        (timedelta(hours=12) - SECOND, True),
        (timedelta(hours=12), False),
        (timedelta(hours=12) + SECOND, False),
    ],
)
def test_it_ends_after_12_hours_however_busy(after: timedelta, alive: bool) -> None:
    """CRD-8, S-SESS-03."""
    assert _seen(START + after - SECOND).alive(START + after) is alive


@pytest.mark.parametrize(("seconds", "wants"), [(0, False), (59, False), (60, True), (61, True)])
def test_its_last_use_is_written_at_most_once_a_minute(seconds: int, wants: bool) -> None:
    assert SESSION.wants_touch(START + timedelta(seconds=seconds)) is wants


@given(st.lists(st.integers(1, 40 * 60), max_size=60))
def test_no_use_carries_it_beyond_12_hours_or_over_an_idle_quarter(pauses: list[int]) -> None:
    """CRD-8: for any pattern of use, as the door uses a session."""
    session, now = SESSION, START
    for pause in pauses:
        now += timedelta(seconds=pause)
        if not session.alive(now):
            break
        assert now < START + timedelta(hours=12)
        assert now - session.last_seen < timedelta(minutes=15)
        if session.wants_touch(now):
            session = msgspec.structs.replace(session, last_seen=now)
    assert not session.alive(max(now, session.last_seen + timedelta(minutes=15)))


def test_tokens_are_256_bits_and_never_the_same() -> None:
    """S-SESS-01."""
    tokens = {ids.token() for _ in range(100_000)}
    assert len(tokens) == 100_000
    assert {len(token) for token in tokens} == {43}
