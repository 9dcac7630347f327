"""The steps of a case and its attempts, as rules (CRD-4, S-AUTH-10, S-AUTH-11)."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.recovery.domain import recoveries
from chalicelib.recovery.domain.recoveries import Recovery
from tests import scale

NOW = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
QUESTIONS = ("first_pet", "first_dish", "dream_job")


@pytest.mark.parametrize(
    ("answered", "shown", "enrolled", "step"),
    [
        (False, "", None, "questions"),
        (False, "", "one", "questions"),
        (False, "one", "one", "questions"),
        (True, "", None, "password"),
        (True, "", "one", "factor"),
        (True, "one", "one", "password"),
        (True, "one", "two", "factor"),
        (True, "one", None, "password"),
    ],
)
def test_what_comes_next(answered: bool, shown: str, enrolled: str | None, step: str) -> None:
    """S-AUTH-10: a factor that was enrolled since is another one."""
    assert recoveries.step(Recovery(user_id="u", answered=answered, factor=shown), enrolled) == step


@pytest.mark.parametrize(("hours", "seconds", "counts"), [(23, 3599, True), (24, 0, False)])
def test_an_attempt_counts_for_a_day(hours: int, seconds: int, counts: bool) -> None:
    """S-AUTH-11: to the second."""
    tried = recoveries.counted(Recovery(user_id="u", link="one"), NOW)
    later = recoveries.of_link(tried, "two", NOW + timedelta(hours=hours, seconds=seconds))
    assert len(later.attempts) == counts
    assert (later.tried, later.link) == (0, "two")


@pytest.mark.parametrize(("hours", "seconds", "frozen"), [(0, 0, True), (71, 3599, True), (72, 0, False)])
def test_a_link_proves_little_after_a_change_of_contacts(hours: int, seconds: int, frozen: bool) -> None:
    """S-AUTH-13: 72 hours, to the second."""
    assert recoveries.frozen(NOW, NOW + timedelta(hours=hours, seconds=seconds)) == frozen
    assert not recoveries.frozen(None, NOW)


@given(st.lists(st.sampled_from(["wrong", "right", "link", "hour"]), max_size=60))
@scale.examples(300)
def test_no_more_is_ever_judged_than_allowed(acts: list[str]) -> None:
    """S-AUTH-11: three in a case and six in any 24 hours, in whatever order things happen."""
    recovery, now, link = Recovery(user_id="u", link="0"), NOW, 0
    wrong: list[tuple[int, datetime]] = []
    for act in acts:
        recovery = recoveries.of_link(recovery, str(link), now)
        if act == "link":
            link += 1
        elif act == "hour":
            now += timedelta(hours=1)
        elif recoveries.attempts_left(recovery):
            recovery = recoveries.counted(recovery, now)
            if act == "wrong":
                wrong.append((link, now))
            else:
                recovery = recoveries.passed(recovery, now, answered=True, factor="")
        assert sum(of == link for of, _ in wrong) <= 3
        assert sum(now - at < timedelta(hours=24) for _, at in wrong) <= 6
    left = recoveries.attempts_left(recoveries.of_link(recovery, str(link), now))
    of_case, lately = sum(of == link for of, _ in wrong), sum(now - at < timedelta(hours=24) for _, at in wrong)
    assert left == min(3 - of_case, 6 - lately)


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz0123456789-_", min_size=43, max_size=43))
@scale.examples(100)
def test_the_pair_of_a_link_is_always_the_same(link: str) -> None:
    """S-AUTH-10: in whatever order the questions are read."""
    pair = recoveries.pair(link, QUESTIONS)
    assert len(set(pair)) == 2
    assert set(pair) < set(QUESTIONS)
    assert recoveries.pair(link, QUESTIONS[::-1]) == pair
