"""How a long work begins and ends besides its chunks: stopped, given up, looked after; whose it is (PLT-3, ACC-8)."""

from datetime import datetime, timedelta

import pytest

from chalicelib.core import timers, work, work_ends
from chalicelib.core.errors import Conflict, NotFound
from chalicelib.core.work import Stopped, Work
from tests import stored
from tests.core.sample_work import (
    OLA,
    UMA,
    Sample,
    both_forms,
    carry_on,
    current,
    deliver,
    effects,
    events,
    is_whole,
    start,
)
from tests.world import START, Time


def test_a_step_may_stop_the_work(time: Time) -> None:
    """S-AZ-08: the actor lost the right."""
    of, sample = start(), Sample()

    def stop(found: Work) -> None:
        if found.position:
            raise Stopped("right_lost")

    sample.before = stop
    carry_on(of, sample)
    assert (current(of).state, current(of).reason, current(of).done) == ("stopped", "right_lost", 2)


@both_forms
def test_its_owner_stops_it_while_it_runs(time: Time, kind: str) -> None:
    """The chunk at hand does not count any more."""
    of, sample = start(kind), Sample()
    sample.before = lambda found: _none(work_ends.stop(OLA, of.id, START)) if found.position == "4" else None
    carry_on(of, sample)
    assert (current(of).state, current(of).reason, current(of).done) == ("stopped", "by_owner", 4)
    carry_on(of, Sample())
    assert work_ends.stop(OLA, of.id, START).done == 4
    if kind == "write":
        assert effects(of) == ["0", "1", "2", "3"]
    assert len(stored.records("work.stopped")) == 1


def test_an_announced_work_waits_until_it_is_begun(time: Time) -> None:
    of = start(input_sha256="+/aa==")
    assert (of.state, of.input_key, events()) == ("announced", f"input/{of.id}/-_aa", [])
    carry_on(of, Sample())
    assert current(of) == of
    for _ in range(2):
        assert work_ends.begin(OLA, of.id, START).state == "waiting"
    assert events() == ["work.started"]
    carry_on(of, Sample())
    is_whole(of)


def test_nobody_else_finds_it(time: Time) -> None:
    """House rule 7."""
    of = start()
    for ask in (work.own, work_ends.begin, work_ends.stop):
        with pytest.raises(NotFound):
            ask(UMA, of.id, START)
    assert work.page(UMA, None, START).items == []


def test_pages_are_newest_first_and_end_after_thirty_days(time: Time) -> None:
    made = []
    for _ in range(work.PAGE + 3):
        made.append(start().id)
        time.advance(hours=1)
    first = work.page(OLA, None, time.now)
    rest = work.page(OLA, first.next_cursor, time.now)
    assert [of.id for of in first.items + rest.items] == made[::-1]
    assert (len(first.items), rest.next_cursor) == (work.PAGE, None)
    later = START + timedelta(days=30, hours=2)
    assert [of.id for of in work.page(OLA, None, later).items] == made[:2:-1]
    with pytest.raises(NotFound):
        work.own(OLA, made[2], later)


def _housekeeping(now: datetime) -> timers.Worked:
    return timers.work("housekeeping", {"work": work_ends.renew}, now, lambda: True)


def test_a_work_whose_message_was_lost_is_called_for_again(time: Time) -> None:
    """Hourly, and only while it stands still."""
    of = start()
    carry_on(of, Sample(), lambda: False)
    assert _housekeeping(time.advance(hours=1)).done == 1
    assert events() == ["work.continued", "work.continued", "work.started"]
    time.advance(minutes=45)
    carry_on(of, Sample(), lambda: False)
    assert _housekeeping(time.advance(minutes=15)).later == 1
    carry_on(of, Sample())
    assert _housekeeping(time.advance(hours=1)).nothing == 1
    assert _housekeeping(time.advance(days=3)) == timers.Worked(finished=True)
    is_whole(of)


@pytest.mark.parametrize(("input_sha256", "reason"), [("", "no_progress"), ("aa", "input_missing")])
def test_after_a_day_without_progress_it_has_failed(time: Time, input_sha256: str, reason: str) -> None:
    of = start(input_sha256=input_sha256)
    _housekeeping(time.advance(hours=23, minutes=30))
    assert current(of).is_open
    for _ in range(2):
        _housekeeping(time.advance(hours=1))
    assert (current(of).state, current(of).reason) == ("failed", reason)
    assert len(stored.records("work.failed")) == 1


@both_forms
def test_a_work_that_must_finish_waits_instead_of_ending(time: Time, kind: str) -> None:
    """MSG-7: neither its owner nor five vain tries nor a day without progress end it; the hourly look goes on."""
    of, sample = start(kind, must_finish=True), Sample()

    def fail(found: Work) -> None:
        if found.position == "4":
            raise RuntimeError

    sample.before = fail
    assert [deliver(of, sample) for _ in range(7)] == [False, False, False, False, True, True, True]
    with pytest.raises(Conflict, match="work_must_finish"):
        work_ends.stop(OLA, of.id, time.now)
    for _ in range(3):
        assert _housekeeping(time.advance(hours=20)).done == 1
        assert deliver(of, sample) is False
    assert (current(of).state, current(of).done) == ("running", 4)
    carry_on(of, Sample())
    is_whole(of)
    assert work_ends.stop(OLA, of.id, time.now).state == "finished"


def _none(_: object) -> None:
    return None
