"""Long work (PLT-3): every chunk has its effect exactly once, whatever happens to the runs."""

import pytest

from chalicelib.core import work_runner
from chalicelib.core.work import Chunk, Work
from tests import stored
from tests.core.line import Line
from tests.core.sample_work import (
    ROWS,
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
from tests.world import Time


@both_forms
def test_a_work_is_done_chunk_by_chunk(time: Time, kind: str) -> None:
    of = start(kind)
    assert (current(of), events()) == (of, ["work.started"])
    carry_on(of, Sample())
    is_whole(of)


@both_forms
def test_without_time_the_rest_is_left_to_the_next_run(time: Time, kind: str) -> None:
    of = start(kind)
    carry_on(of, Sample(), lambda: False)
    assert (current(of).state, current(of).done) == ("running", 2)
    assert events() == ["work.continued", "work.started"]
    carry_on(of, Sample(), lambda: False)
    carry_on(of, Sample())
    is_whole(of)


@both_forms
@pytest.mark.parametrize("side", ["before", "after"])
def test_runs_that_die_at_each_chunk(time: Time, kind: str, side: str) -> None:
    """A crash is no exception that anything could catch."""
    of, sample, died = start(kind), Sample(), set[str]()

    def die(at: Work) -> None:
        if at.position not in died:
            died.add(at.position)
            raise KeyboardInterrupt

    setattr(sample, side, die)
    for _ in range(4):
        with pytest.raises(KeyboardInterrupt):
            carry_on(of, sample)
    carry_on(of, sample)
    is_whole(of)


@both_forms
@pytest.mark.parametrize("operation", ["TransactWriteItems", "UpdateItem", "GetItem"])
@pytest.mark.parametrize("fault", ["cut", "lose_answers", "break_connections", "refuse"])
def test_a_fault_at_any_call(time: Time, line: Line, kind: str, operation: str, fault: str) -> None:
    """Each call of the whole work in turn fails once, in each way there is; the queue offers the work again."""
    happened, passing = True, 0
    while happened:
        of = start(kind)
        before = len(stored.records("sample.row")), len(stored.records("work.finished"))
        _fail_after(line, operation, fault, passing)
        tries = 1
        while not deliver(of, Sample()):
            tries += 1
        happened = line.heal()
        found = current(of)
        assert (found.state, found.done, found.problems, tries <= 2) == ("finished", ROWS, 4, True), passing
        assert len(stored.records("sample.row")) - before[0] == (ROWS if kind == "write" else 0)
        assert len(stored.records("work.finished")) - before[1] == 1
        passing += 1
    assert passing > 1


@both_forms
def test_two_runs_at_once(time: Time, kind: str) -> None:
    """Whenever the second one starts, and whichever of them ends first."""
    for at in ("", "2", "4", "6"):
        for side in ("before", "after"):
            of, sample, started = start(kind), Sample(), list[str]()

            def start_another(found: Work, at: str = at, of: Work = of, started: list[str] = started) -> None:
                if found.position == at and not started:
                    started.append(at)
                    carry_on(of, Sample())

            setattr(sample, side, start_another)
            before = len(stored.records("sample.row"))
            carry_on(of, sample)
            assert started
            assert (current(of).state, current(of).done) == ("finished", ROWS), (at, side)
            assert len(stored.records("sample.row")) - before == (ROWS if kind == "write" else 0)


def test_an_overtaken_run_does_not_call_for_another(time: Time) -> None:
    """Or each message that comes twice would double the runs for good."""
    of, sample = start(), Sample()
    sample.after = lambda found: carry_on(of, Sample(), lambda: False) if found.position == "" else None
    carry_on(of, sample, lambda: False)
    assert events() == ["work.continued", "work.started"]


@both_forms
def test_a_message_that_comes_twice_or_two_weeks_late(time: Time, kind: str) -> None:
    of = start(kind)
    carry_on(of, Sample())
    carry_on(of, Sample())
    time.advance(days=14)
    carry_on(of, Sample())
    is_whole(of)


def test_a_message_of_a_work_that_is_gone_is_done_with(time: Time) -> None:
    of = start()
    time.advance(days=30)
    carry_on(of, Sample())
    work_runner.carry_on(of.owner, "wrk_00000000000000000", {}, "req", lambda: True)
    assert effects(of) == []


@both_forms
def test_a_chunk_that_always_fails_ends_the_work(time: Time, kind: str) -> None:
    """After five tries, so that no message goes round for ever; what is done stays done."""
    of, sample, tries = start(kind), Sample(), list[str]()

    def fail(found: Work) -> None:
        if found.position == "4":
            tries.append(found.position)
            raise RuntimeError

    sample.before = fail
    assert [deliver(of, sample) for _ in range(6)] == [False, False, False, False, True, True]
    found = current(of)
    assert (len(tries), found.state, found.reason, found.done) == (5, "failed", "failed_repeatedly", 4)
    assert effects(of) == ["0", "1", "2", "3"]
    assert len(stored.records("work.failed")) == 1


def test_a_chunk_that_kills_its_run_every_time_ends_the_work(time: Time) -> None:
    """Out of memory, out of time: nobody is left to count, so attempts are counted as they begin."""
    of, sample = start(), Sample()

    def die(_: Work) -> None:
        raise KeyboardInterrupt

    sample.before = die
    for _ in range(5):
        with pytest.raises(KeyboardInterrupt):
            carry_on(of, sample)
    carry_on(of, sample)
    assert (current(of).state, current(of).reason) == ("failed", "failed_repeatedly")


def test_attempts_count_for_one_chunk(time: Time) -> None:
    """A long work meets more than five faults in its life."""
    of, sample, failed = start(), Sample(), dict[str, int]()

    def fail(found: Work) -> None:
        failed[found.position] = failed.get(found.position, 0) + 1
        if failed[found.position] < 5:
            raise RuntimeError

    sample.before = fail
    while not deliver(of, sample):
        pass
    is_whole(of)


def test_a_step_that_does_not_move_is_a_fault(time: Time) -> None:
    of = start()
    with pytest.raises(ValueError, match="does not move"):
        work_runner.carry_on(of.owner, of.id, {"write": lambda *_: Chunk(position="")}, "req", lambda: True)


def _fail_after(line: Line, operation: str, fault: str, passing: int) -> None:
    """One call of an operation fails, after `passing` others have gone through."""
    line.let_pass(passing)
    if fault == "refuse":
        line.refuse("ThrottlingException", 1, operation)
    else:
        getattr(line, fault)(1, operation)
