"""When an organization is reminded, of which stage, and when it is looked at again, as pure rules (REV-4)."""

from datetime import UTC, datetime, timedelta

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.access_reviews.domain import reminders
from chalicelib.access_reviews.domain.reminders import ReviewState
from chalicelib.accounts.domain import clocks
from chalicelib.organizations.domain import Organization
from chalicelib.plan.domain import PlanSettings
from tests import scale

SECOND, DAY = timedelta(seconds=1), timedelta(days=1)
DUE = datetime(2028, 3, 13, 4, 30, tzinfo=UTC)
SETTINGS = PlanSettings(
    name="Example Plan",
    time_zone="America/New_York",
    helpdesk_phone="",
    helpdesk_hours="",
    confidentiality_notice="",
    sharing_notice="",
)
NEW = ReviewState(organization_id="org")


def told(at: datetime, due_at: datetime = DUE) -> ReviewState:
    return msgspec.structs.replace(NEW, told_at=at, told_due_at=due_at)


def test_each_stage_is_told_once() -> None:
    """REV-4: told at its second, a stage isn't due any more; told a second before, it is."""
    for days in (14, 7, 3, 1):
        at = DUE - days * DAY
        assert reminders.reminder(told(at - SECOND), DUE, SETTINGS, at) == days
        assert reminders.reminder(told(at), DUE, SETTINGS, at + SECOND) is None
        assert reminders.reminder(NEW, DUE, SETTINGS, at) == days
    assert reminders.reminder(NEW, DUE, SETTINGS, DUE - 14 * DAY - SECOND) is None
    assert reminders.reminder(NEW, DUE, SETTINGS, DUE) is None


def test_whoever_comes_next_was_counted_already() -> None:
    """REV-4: the first was verified; of the next deadline, hours later, the same stage isn't told again."""
    at = DUE - 7 * DAY
    next_due = DUE + timedelta(hours=5)
    assert reminders.reminder(told(at + timedelta(hours=6)), next_due, SETTINGS, at + DAY) is None
    assert reminders.reminder(told(at + timedelta(hours=6)), next_due, SETTINGS, next_due - 3 * DAY) == 3


def test_a_sooner_deadline_is_told_whatever_they_heard_of_a_later_one() -> None:
    """REV-4: somebody came back whose review is nearly due."""
    now = DUE - 2 * DAY
    assert reminders.reminder(told(now - SECOND, DUE + 5 * DAY), DUE, SETTINGS, now) == 3


@given(
    runs=st.lists(st.integers(0, 40 * 24), min_size=1, max_size=60).map(sorted),
    days=st.lists(st.integers(1, 30), max_size=5, unique=True),
)
@scale.examples(100)
def test_any_runs_tell_each_stage_at_most_once(runs: list[int], days: list[int]) -> None:
    """REV-4: whenever runs happen, a stage is told at most once, the last that passed, and in order."""
    settings = msgspec.structs.replace(SETTINGS, review_reminder_days=tuple(days))
    state, heard = NEW, []
    for hour in runs:
        now = DUE - 35 * DAY + timedelta(hours=hour)
        found = reminders.reminder(state, DUE, settings, now)
        if found is not None:
            heard.append(found)
            state = told(now)
            assert found == min(each for each in days if DUE - each * DAY <= now)
        assert now < DUE or found is None
    assert heard == sorted(set(heard), reverse=True)
    assert heard or not any(DUE - max(days, default=0) * DAY <= DUE - 35 * DAY + hour * DAY / 24 < DUE for hour in runs)


@given(
    verified=st.integers(-200, 0),
    called=st.none() | st.tuples(st.integers(-150, 0), st.integers(3, 120)),
    practice=st.none() | st.tuples(st.integers(-150, 0), st.integers(3, 120)),
    seconds=st.integers(-1, 1),
)
@scale.examples(300)
def test_the_deadline_and_its_inverse_agree(
    verified: int, called: tuple[int, int] | None, practice: tuple[int, int] | None, seconds: int
) -> None:
    """REV-1: somebody is due exactly if they were last verified up to the instant that the index is asked for."""
    settings = msgspec.structs.replace(SETTINGS, **_call(called))
    maple = Organization(id="org", tin="000000001", name="Maple Example Clinic")
    maple = msgspec.structs.replace(maple, **_call(practice))
    verified_at = DUE + verified * DAY
    due = clocks.review_due_at(verified_at, settings, maple)
    assert due is not None
    for now in (DUE, due + seconds * SECOND):
        until = clocks.due_if_verified_until(now, settings, maple)
        assert (due <= now) == (verified_at <= until)


def _call(of: tuple[int, int] | None) -> dict[str, datetime]:
    if of is None:
        return {}
    at = DUE + of[0] * DAY
    return {"review_called_at": at, "review_by": at + of[1] * DAY}


def test_when_to_look_again() -> None:
    """At the next stage, at the deadline; weekly while the plan finds it as late."""
    assert reminders.look_next(NEW, DUE, SETTINGS, DUE - 30 * DAY) == DUE - 14 * DAY
    assert reminders.look_next(NEW, DUE, SETTINGS, DUE - DAY) == DUE
    assert reminders.look_next(NEW, None, SETTINGS, DUE) is None
    late = msgspec.structs.replace(NEW, listed="late")
    assert reminders.look_next(late, None, SETTINGS, DUE) == DUE + 7 * DAY
    assert reminders.look_next(late, DUE + DAY, SETTINGS, DUE) == DUE + DAY


def test_what_is_over_is_told_once() -> None:
    """REV-4: of deadlines that are over, only what was not told."""
    assert reminders.tells_overdue(NEW, [DUE])
    state = msgspec.structs.replace(NEW, overdue_until=DUE)
    assert not reminders.tells_overdue(state, [DUE - DAY, DUE])
    assert reminders.tells_overdue(state, [DUE, DUE + SECOND])
    assert not reminders.tells_overdue(NEW, [])
