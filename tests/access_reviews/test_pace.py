"""Deciding faster than anybody reads (S-AZ-09): to the microsecond, and each decision counts once."""

from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.access_reviews.domain.pace import Click, Pace, clicked, sample, seconds_since

START = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)


def _clicks(count: int, pause: timedelta, first: int = 0) -> list[Click]:
    return [Click(f"rev_{first + number:010}", START + pause * (first + number)) for number in range(count)]


def _all(clicks: list[Click]) -> tuple[Pace, list[int]]:
    """The pace after all of them, and how many were too fast at once."""
    pace, found = Pace(), []
    for click in clicks:
        pace, too_fast = clicked(pace, click)
        found += [len(too_fast)] if too_fast else []
    return pace, found


@pytest.mark.parametrize(
    ("last", "suspect"),
    [
        (timedelta(seconds=50) - timedelta(microseconds=1), [50]),
        (timedelta(seconds=50), []),
        (timedelta(seconds=50) + timedelta(microseconds=1), []),
    ],
)
def test_fifty_in_under_fifty_seconds(last: timedelta, suspect: list[int]) -> None:
    clicks = [Click(f"rev_{number:010}", START) for number in range(49)] + [Click("rev_last000000", START + last)]
    assert _all(clicks[:-1])[1] == []
    assert _all(clicks)[1] == suspect


def test_each_decision_is_told_of_once() -> None:
    """Whoever goes on like that is told of again after fifty more."""
    assert _all(_clicks(149, timedelta(seconds=0.9)))[1] == [50, 50]
    assert _all(_clicks(150, timedelta(seconds=0.9)))[1] == [50, 50, 50]


def test_a_slow_beginning_hides_no_fast_end() -> None:
    slow = _clicks(40, timedelta(minutes=1))
    fast = [Click(f"rev_f{n:09}", slow[-1].at + timedelta(seconds=0.5) * (n + 1)) for n in range(50)]
    pace, found = _all([*slow, *fast])
    assert found == [50]
    assert len(pace.clicks) < 50


def test_how_long_ago_the_one_before_was() -> None:
    pace, _ = _all(_clicks(1, timedelta(0)))
    assert seconds_since(Pace(), START) is None
    assert seconds_since(pace, START + timedelta(seconds=2.5)) == 2.5
    assert seconds_since(pace, START + timedelta(hours=1)) == 3600
    assert seconds_since(pace, START + timedelta(hours=1, seconds=1)) is None
    # Two clocks may differ by a little.
    assert seconds_since(pace, START - timedelta(milliseconds=3)) == 0


@pytest.mark.parametrize(("count", "sampled"), [(50, 5), (51, 6), (60, 6), (5, 5), (3, 3)])
def test_a_tenth_is_looked_at(count: int, sampled: int) -> None:
    """Five at least; always the same ones, and not the first."""
    clicks = tuple(_clicks(count, timedelta(seconds=0.5)))
    found = sample(clicks)
    assert len(set(found)) == sampled
    assert found == sample(clicks[::-1])
    assert set(found) <= {click.id for click in clicks}
    assert count < 50 or found != [click.id for click in clicks[:sampled]]
