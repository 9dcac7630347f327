"""Timers (INA-4): what is due is done exactly once, whatever happens to the runs."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from chalicelib.core import journal, timers
from chalicelib.core.access import system
from chalicelib.core.change import Change
from chalicelib.core.timers import Done, Fire, Later, Nothing, Timer
from tests.world import START

ACTOR = system("sample")


def _always() -> bool:
    return True


def _timer(subject: str, due: datetime) -> Timer:
    return Timer(schedule="housekeeping", kind="sample", subject=subject, due=due)


def _arm(*timers_: Timer, now: datetime = START) -> None:
    for timer in timers_:
        change = Change(ACTOR, journal.Entry(action="sample.armed"), now)
        timers.arm(change, timer)
        change.commit(None)


class Sample:
    """A feature with one kind of timer: it records each subject in the journal when its time has come."""

    def __init__(self) -> None:
        self.before_commit: Callable[[Timer], None] = lambda _: None
        self.after_commit: Callable[[Timer], None] = lambda _: None

    def fire(self, timer: Timer, now: datetime) -> Done:
        change = Change(ACTOR, journal.Entry(action="sample.done", object_id=timer.subject), now)
        timers.finish(change, timer)
        self.before_commit(timer)
        change.commit(None)
        self.after_commit(timer)
        return Done()


def _done() -> list[str]:
    rows = journal.RecordRow.query(f"JOURNAL#{journal.PLAN_CHAIN}")
    return sorted(row.object_id for row in rows if row.action == "sample.done")


def _work(fire: Fire, now: datetime, may_go_on: Callable[[], bool] = _always) -> timers.Worked:
    return timers.work("housekeeping", {"sample": fire}, now, may_go_on)


@pytest.mark.parametrize(("seconds", "expected"), [(-1, []), (0, ["a"]), (1, ["a"])])
def test_a_timer_fires_at_its_instant_and_not_before(empty_tables: None, seconds: int, expected: list[str]) -> None:
    """INA-4: to the second."""
    due = START + timedelta(hours=5)
    _arm(_timer("a", due))
    _work(Sample().fire, due + timedelta(seconds=seconds))
    assert _done() == expected


def test_after_three_weeks_off_everything_is_done_once(empty_tables: None) -> None:
    """A job that was off loses nothing, also when it had worked before."""
    sample = Sample()
    _work(sample.fire, START)
    _arm(*(_timer(f"s{day}", START + timedelta(days=day, hours=day)) for day in range(20)))
    late = START + timedelta(days=21)
    assert _work(sample.fire, late).done == 20
    assert _work(sample.fire, late).done == 0
    assert len(_done()) == 20


def test_a_run_that_dies_before_or_after_the_change_leaves_nothing_undone_or_done_twice(empty_tables: None) -> None:
    """Crash at each side of the commit; the next run takes up what is left."""
    sample = Sample()
    due = START + timedelta(minutes=1)
    _arm(*(_timer(name, due) for name in "abcdef"))

    def die(timer: Timer) -> None:
        if timer.subject in died:
            died.remove(timer.subject)
            raise KeyboardInterrupt

    died = {"b", "e"}
    sample.before_commit = die
    for _ in range(2):
        with pytest.raises(KeyboardInterrupt):
            _work(sample.fire, due)
    sample.before_commit, sample.after_commit = sample.after_commit, die
    died |= {"a", "b", "c", "d", "e", "f"} - set(_done())
    while died:
        with pytest.raises(KeyboardInterrupt):
            _work(sample.fire, due)
    assert _work(sample.fire, due).done == 0
    assert _done() == list("abcdef")


def test_two_runs_at_once_do_it_once(empty_tables: None) -> None:
    """The second run fires the same timer while the first is about to commit."""
    sample, other = Sample(), Sample()
    due = START + timedelta(minutes=1)
    _arm(_timer("a", due))
    sample.before_commit = lambda _: _none(_work(other.fire, due))
    assert _work(sample.fire, due).failed == 0
    assert _done() == ["a"]


def test_a_failing_timer_holds_up_no_other_and_is_tried_again(empty_tables: None) -> None:
    sample = Sample()
    due = START + timedelta(minutes=1)
    _arm(_timer("bad", due), _timer("good", due))

    def fail(timer: Timer) -> None:
        if timer.subject == "bad":
            raise RuntimeError

    sample.before_commit = fail
    assert _work(sample.fire, due).failed == 1
    assert _done() == ["good"]
    sample.before_commit = lambda _: None
    assert _work(sample.fire, due + timedelta(days=3)).done == 1
    assert _done() == ["bad", "good"]


def test_a_failing_timer_of_weeks_ago_is_never_left_behind(empty_tables: None) -> None:
    """INA-4: a job that was off works off many days in one run; what fails in it is looked at by every run after."""
    sample = Sample()
    due = START + timedelta(minutes=1)
    _arm(_timer("bad", due), _timer("good", due + timedelta(days=5)))

    def fail(timer: Timer) -> None:
        if timer.subject == "bad":
            raise RuntimeError

    sample.before_commit = fail
    later = due + timedelta(days=20)
    assert (_work(sample.fire, later).failed, _done()) == (1, ["good"])
    assert _work(sample.fire, later + timedelta(days=1)).failed == 1
    sample.before_commit = lambda _: None
    assert _work(sample.fire, later + timedelta(days=2)).done == 1
    assert _done() == ["bad", "good"]


def test_a_timer_can_be_put_off_and_dropped(empty_tables: None) -> None:
    """Lazy re-check: whoever fires looks at the subject anew."""
    due = START + timedelta(minutes=1)
    later = due + timedelta(days=40)
    _arm(_timer("a", due))
    assert _work(lambda *_: Later(later), due).later == 1
    assert _work(lambda *_: Later(later), later - timedelta(seconds=1)).later == 0
    assert _work(lambda *_: Nothing(), later).nothing == 1
    assert _work(lambda *_: Nothing(), later + timedelta(days=1)).nothing == 0


def test_a_run_without_time_stops_and_the_next_goes_on(empty_tables: None) -> None:
    sample = Sample()
    due = START + timedelta(minutes=1)
    _arm(*(_timer(name, due) for name in "abcdef"))
    left = [True, True, False]
    worked = _work(sample.fire, due, lambda: left.pop(0))
    assert (worked.done, worked.finished) == (2, False)
    assert _work(sample.fire, due).done == 4
    assert _done() == list("abcdef")


def test_a_timer_armed_for_the_past_fires_with_the_next_run(empty_tables: None) -> None:
    """Days that were worked off are not looked at again, so it must land on a day that is."""
    sample = Sample()
    _work(sample.fire, START)
    _arm(_timer("a", START - timedelta(days=9)))
    assert _work(sample.fire, START).done == 1


def test_armed_twice_is_one_timer(empty_tables: None) -> None:
    sample = Sample()
    due = START + timedelta(minutes=1)
    _arm(_timer("a", due), _timer("a", due))
    assert _work(sample.fire, due).done == 1


def _none(_: object) -> None:
    return None
