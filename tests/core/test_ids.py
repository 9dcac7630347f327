"""Identifiers, tokens and chance (S-AUTH-01, S-AZ-02, S-SESS-01)."""

import re
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from chalicelib.core import ids
from tests import scale

PLENTY = scale.examples(300)
INSTANTS = st.datetimes(datetime(1970, 1, 1), datetime(2999, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - see timezones
# An instant whose float, times a thousand, falls short of its millisecond.
SHORT = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=1001)


@PLENTY
@given(INSTANTS, st.integers(1, 10**10))
@example(SHORT - timedelta(milliseconds=1), 1)
def test_sortable_ids_are_in_order_of_their_milliseconds(at: datetime, later: int) -> None:
    """A box is in order by its keys, so a millisecond must never fall into the one before."""
    first = at.replace(microsecond=at.microsecond // 1000 * 1000)
    time_of = slice(len("msg_") + 10)
    assert ids.sortable("msg", first)[time_of] < ids.sortable("msg", first + timedelta(milliseconds=later))[time_of]


@PLENTY
@given(INSTANTS, st.integers(-14, 14))
def test_the_time_zone_of_an_instant_does_not_matter(at: datetime, hours: int) -> None:
    elsewhere = at.astimezone(timezone(timedelta(hours=hours)))
    assert ids.sortable("msg", at)[:14] == ids.sortable("msg", elsewhere)[:14]


@PLENTY
@given(INSTANTS)
def test_a_sortable_id_tells_its_millisecond(at: datetime) -> None:
    """A search that was left off tells how far it came by the id of the last row it looked at."""
    assert ids.time_of(ids.sortable("msg", at)) == at.replace(microsecond=at.microsecond // 1000 * 1000)


def test_ids_of_one_instant_differ() -> None:
    at = datetime(2026, 3, 2, tzinfo=UTC)
    assert len({ids.sortable("msg", at) for _ in range(20_000)}) == 20_000
    assert len({ids.new("usr") for _ in range(20_000)}) == 20_000


def test_ids_look_alike() -> None:
    assert re.fullmatch(r"usr_[0-9a-hjkmnp-tv-z]{26}", ids.new("usr"))
    assert re.fullmatch(r"msg_[0-9a-hjkmnp-tv-z]{30}", ids.sortable("msg", datetime(2026, 3, 2, tzinfo=UTC)))


def test_every_letter_of_an_id_is_drawn() -> None:
    """130 bits: none of the letters stands still."""
    drawn = [ids.new("usr")[4:] for _ in range(2_000)]
    assert all(len({text[place] for text in drawn}) == 32 for place in range(26))


def test_tokens_are_secret_enough() -> None:
    """S-SESS-01: 32 bytes, none twice."""
    tokens = {ids.token() for _ in range(100_000)}
    assert len(tokens) == 100_000
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{43}", token) for token in tokens)


@pytest.mark.parametrize("text", ["", "a", "é", "\ud800", "x" * 100_000])
def test_a_digest_hides_any_text_in_43_letters(text: str) -> None:
    assert re.fullmatch(r"[A-Za-z0-9_-]{43}", ids.digest(text))
    assert ids.digest(text) == ids.digest(text)
    assert ids.digest(text) != ids.digest(text + "\0")


def test_jitter_stays_below_its_ceiling() -> None:
    drawn = [ids.jitter(0.5) for _ in range(1_000)]
    assert 0 <= min(drawn) < 0.1
    assert 0.4 < max(drawn) < 0.5
