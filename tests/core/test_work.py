"""Long work (PLT-3): every chunk has its effect exactly once, whatever happens to the runs, and the end is told."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest

from chalicelib.core import access, clock, journal, timers, work, work_ends, work_runner
from chalicelib.core.access import Staff
from chalicelib.core.change import Change
from chalicelib.core.errors import Conflict, NotFound
from chalicelib.core.work import Chunk, Kinds, Stopped, Work
from tests import stored
from tests.core.line import Line
from tests.world import START, Time

OLA = Staff(id="usr_0000000000ola", origin=access.Origin(request_id="r"), name="Ola", roles=frozenset())
UMA = Staff(id="usr_0000000000uma", origin=access.Origin(request_id="r"), name="Uma", roles=frozenset())
ROWS = 7


@pytest.fixture
def time(empty_tables: None) -> Iterator[Time]:
    yield Time()
    clock.set_source(None)


class Sample:
    """A feature with a kind of long work: it notes seven rows in the journal, two in a chunk."""

    def __init__(self) -> None:
        self.before: Callable[[Work], None] = lambda _: None
        self.after: Callable[[Work], None] = lambda _: None

    def write(self, of: Work, now: datetime) -> Chunk:
        """Effect and move in one change."""
        self.before(of)
        rows = _rows(of)
        change = Change(access.system("sample"), journal.Entry(action="sample.chunk"), now)
        for row in rows:
            change.record(journal.Entry(action="sample.row", object_id=str(row)))
        chunk = work.advance(change, of, _chunk(of, rows))
        change.commit(None)
        self.after(of)
        return chunk

    def read(self, of: Work, now: datetime) -> Chunk:
        """A chunk that may happen again: the runner records it."""
        self.before(of)
        rows = _rows(of)
        for row in rows:
            files[f"{of.id}/{row}"] = str(row)
        self.after(of)
        return _chunk(of, rows)


files: dict[str, str] = {}


def _rows(of: Work) -> range:
    first = int(of.position or 0)
    return range(first, min(first + 2, ROWS))


def _chunk(of: Work, rows: range) -> Chunk:
    key = f"result/{of.id}" if rows.stop == ROWS else None
    return Chunk(position=str(rows.stop), done=len(rows), problems=1, finished=rows.stop == ROWS, result_key=key)


def _start(kind: str = "write", *, must_finish: bool = False, input_sha256: str = "") -> Work:
    change = Change(OLA, journal.Entry(action="sample.asked"), clock.now())
    made = work.start(change, kind, total=ROWS, must_finish=must_finish, input_sha256=input_sha256)
    change.commit(None)
    return made


def _kinds(sample: Sample) -> Kinds:
    return {"write": sample.write, "read": sample.read}


def _run(of: Work, sample: Sample, may_go_on: Callable[[], bool] = lambda: True) -> None:
    work_runner.carry_on(of.owner, of.id, _kinds(sample), "req", may_go_on)


def _deliver(of: Work, sample: Sample, may_go_on: Callable[[], bool] = lambda: True) -> bool:
    """As the queue does: whether the message is done with."""
    try:
        _run(of, sample, may_go_on)
    except Exception:
        return False
    return True


def _now(of: Work) -> Work:
    found = work.find(of.owner, of.id)
    assert found is not None
    return found


def _effects(of: Work) -> list[str]:
    noted = [str(record.object_id) for record in stored.records("sample.row")]
    return sorted(noted + [row for key, row in files.items() if key.startswith(of.id)])


def _is_whole(of: Work) -> None:
    """Everything was done once, and counted once."""
    found = _now(of)
    assert _effects(of) == [str(row) for row in range(ROWS)]
    assert (found.state, found.done, found.total, found.problems) == ("finished", ROWS, ROWS, 4)
    assert found.result_key == f"result/{of.id}"
    assert len(stored.records("work.finished")) == 1


def _events() -> list[str]:
    return sorted(item["name"]["S"] for item in stored.outbox())


both_forms = pytest.mark.parametrize("kind", ["write", "read"])


@both_forms
def test_a_work_is_done_chunk_by_chunk(time: Time, kind: str) -> None:
    of = _start(kind)
    assert (_now(of), _events()) == (of, ["work.started"])
    _run(of, Sample())
    _is_whole(of)


@both_forms
def test_without_time_the_rest_is_left_to_the_next_run(time: Time, kind: str) -> None:
    of = _start(kind)
    _run(of, Sample(), lambda: False)
    assert (_now(of).state, _now(of).done) == ("running", 2)
    assert _events() == ["work.continued", "work.started"]
    _run(of, Sample(), lambda: False)
    _run(of, Sample())
    _is_whole(of)


@both_forms
@pytest.mark.parametrize("side", ["before", "after"])
def test_runs_that_die_at_each_chunk(time: Time, kind: str, side: str) -> None:
    """A crash is no exception that anything could catch."""
    of, sample, died = _start(kind), Sample(), set[str]()

    def die(at: Work) -> None:
        if at.position not in died:
            died.add(at.position)
            raise KeyboardInterrupt

    setattr(sample, side, die)
    for _ in range(4):
        with pytest.raises(KeyboardInterrupt):
            _run(of, sample)
    _run(of, sample)
    _is_whole(of)


@both_forms
@pytest.mark.parametrize("operation", ["TransactWriteItems", "UpdateItem", "GetItem"])
@pytest.mark.parametrize("fault", ["cut", "lose_answers", "break_connections", "refuse"])
def test_a_fault_at_any_call(time: Time, line: Line, kind: str, operation: str, fault: str) -> None:
    """Each call of the whole work in turn fails once, in each way there is; the queue offers the work again."""
    happened, passing = True, 0
    while happened:
        of = _start(kind)
        before = len(stored.records("sample.row")), len(stored.records("work.finished"))
        _fail_after(line, operation, fault, passing)
        tries = 1
        while not _deliver(of, Sample()):
            tries += 1
        happened = line.heal()
        found = _now(of)
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
            of, sample, started = _start(kind), Sample(), list[str]()

            def start_another(found: Work, at: str = at, of: Work = of, started: list[str] = started) -> None:
                if found.position == at and not started:
                    started.append(at)
                    _run(of, Sample())

            setattr(sample, side, start_another)
            before = len(stored.records("sample.row"))
            _run(of, sample)
            assert started
            assert (_now(of).state, _now(of).done) == ("finished", ROWS), (at, side)
            assert len(stored.records("sample.row")) - before == (ROWS if kind == "write" else 0)


def test_an_overtaken_run_does_not_call_for_another(time: Time) -> None:
    """Or each message that comes twice would double the runs for good."""
    of, sample = _start(), Sample()
    sample.after = lambda found: _run(of, Sample(), lambda: False) if found.position == "" else None
    _run(of, sample, lambda: False)
    assert _events() == ["work.continued", "work.started"]


@both_forms
def test_a_message_that_comes_twice_or_two_weeks_late(time: Time, kind: str) -> None:
    of = _start(kind)
    _run(of, Sample())
    _run(of, Sample())
    time.advance(days=14)
    _run(of, Sample())
    _is_whole(of)


def test_a_message_of_a_work_that_is_gone_is_done_with(time: Time) -> None:
    of = _start()
    time.advance(days=30)
    _run(of, Sample())
    work_runner.carry_on(of.owner, "wrk_00000000000000000", {}, "req", lambda: True)
    assert _effects(of) == []


@both_forms
def test_a_chunk_that_always_fails_ends_the_work(time: Time, kind: str) -> None:
    """After five tries, so that no message goes round for ever; what is done stays done."""
    of, sample, tries = _start(kind), Sample(), list[str]()

    def fail(found: Work) -> None:
        if found.position == "4":
            tries.append(found.position)
            raise RuntimeError

    sample.before = fail
    assert [_deliver(of, sample) for _ in range(6)] == [False, False, False, False, True, True]
    found = _now(of)
    assert (len(tries), found.state, found.reason, found.done) == (5, "failed", "failed_repeatedly", 4)
    assert _effects(of) == ["0", "1", "2", "3"]
    assert len(stored.records("work.failed")) == 1


def test_a_chunk_that_kills_its_run_every_time_ends_the_work(time: Time) -> None:
    """Out of memory, out of time: nobody is left to count, so attempts are counted as they begin."""
    of, sample = _start(), Sample()

    def die(_: Work) -> None:
        raise KeyboardInterrupt

    sample.before = die
    for _ in range(5):
        with pytest.raises(KeyboardInterrupt):
            _run(of, sample)
    _run(of, sample)
    assert (_now(of).state, _now(of).reason) == ("failed", "failed_repeatedly")


def test_attempts_count_for_one_chunk(time: Time) -> None:
    """A long work meets more than five faults in its life."""
    of, sample, failed = _start(), Sample(), dict[str, int]()

    def fail(found: Work) -> None:
        failed[found.position] = failed.get(found.position, 0) + 1
        if failed[found.position] < 5:
            raise RuntimeError

    sample.before = fail
    while not _deliver(of, sample):
        pass
    _is_whole(of)


def test_a_step_that_does_not_move_is_a_fault(time: Time) -> None:
    of = _start()
    with pytest.raises(ValueError, match="does not move"):
        work_runner.carry_on(of.owner, of.id, {"write": lambda *_: Chunk(position="")}, "req", lambda: True)


def test_a_step_may_stop_the_work(time: Time) -> None:
    """S-AZ-08: the actor lost the right."""
    of, sample = _start(), Sample()

    def stop(found: Work) -> None:
        if found.position:
            raise Stopped("right_lost")

    sample.before = stop
    _run(of, sample)
    assert (_now(of).state, _now(of).reason, _now(of).done) == ("stopped", "right_lost", 2)


@both_forms
def test_its_owner_stops_it_while_it_runs(time: Time, kind: str) -> None:
    """The chunk at hand does not count any more."""
    of, sample = _start(kind), Sample()
    sample.before = lambda found: _none(work_ends.stop(OLA, of.id, START)) if found.position == "4" else None
    _run(of, sample)
    assert (_now(of).state, _now(of).reason, _now(of).done) == ("stopped", "by_owner", 4)
    _run(of, Sample())
    assert work_ends.stop(OLA, of.id, START).done == 4
    if kind == "write":
        assert _effects(of) == ["0", "1", "2", "3"]
    assert len(stored.records("work.stopped")) == 1


def test_an_announced_work_waits_until_it_is_begun(time: Time) -> None:
    of = _start(input_sha256="+/aa==")
    assert (of.state, of.input_key, _events()) == ("announced", f"input/{of.id}/-_aa", [])
    _run(of, Sample())
    assert _now(of) == of
    for _ in range(2):
        assert work_ends.begin(OLA, of.id, START).state == "waiting"
    assert _events() == ["work.started"]
    _run(of, Sample())
    _is_whole(of)


def test_nobody_else_finds_it(time: Time) -> None:
    """House rule 7."""
    of = _start()
    for ask in (work.own, work_ends.begin, work_ends.stop):
        with pytest.raises(NotFound):
            ask(UMA, of.id, START)
    assert work.page(UMA, None, START).items == []


def test_pages_are_newest_first_and_end_after_thirty_days(time: Time) -> None:
    made = []
    for _ in range(work.PAGE + 3):
        made.append(_start().id)
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
    of = _start()
    _run(of, Sample(), lambda: False)
    assert _housekeeping(time.advance(hours=1)).done == 1
    assert _events() == ["work.continued", "work.continued", "work.started"]
    time.advance(minutes=45)
    _run(of, Sample(), lambda: False)
    assert _housekeeping(time.advance(minutes=15)).later == 1
    _run(of, Sample())
    assert _housekeeping(time.advance(hours=1)).nothing == 1
    assert _housekeeping(time.advance(days=3)) == timers.Worked(finished=True)
    _is_whole(of)


@pytest.mark.parametrize(("input_sha256", "reason"), [("", "no_progress"), ("aa", "input_missing")])
def test_after_a_day_without_progress_it_has_failed(time: Time, input_sha256: str, reason: str) -> None:
    of = _start(input_sha256=input_sha256)
    _housekeeping(time.advance(hours=23, minutes=30))
    assert _now(of).is_open
    for _ in range(2):
        _housekeeping(time.advance(hours=1))
    assert (_now(of).state, _now(of).reason) == ("failed", reason)
    assert len(stored.records("work.failed")) == 1


@both_forms
def test_a_work_that_must_finish_waits_instead_of_ending(time: Time, kind: str) -> None:
    """MSG-7: neither its owner nor five vain tries nor a day without progress end it; the hourly look goes on."""
    of, sample = _start(kind, must_finish=True), Sample()

    def fail(found: Work) -> None:
        if found.position == "4":
            raise RuntimeError

    sample.before = fail
    assert [_deliver(of, sample) for _ in range(7)] == [False, False, False, False, True, True, True]
    with pytest.raises(Conflict, match="work_must_finish"):
        work_ends.stop(OLA, of.id, time.now)
    for _ in range(3):
        assert _housekeeping(time.advance(hours=20)).done == 1
        assert _deliver(of, sample) is False
    assert (_now(of).state, _now(of).done) == ("running", 4)
    _run(of, Sample())
    _is_whole(of)
    assert work_ends.stop(OLA, of.id, time.now).state == "finished"


def _fail_after(line: Line, operation: str, fault: str, passing: int) -> None:
    """One call of an operation fails, after `passing` others have gone through."""
    line.let_pass(passing)
    if fault == "refuse":
        line.refuse("ThrottlingException", 1, operation)
    else:
        getattr(line, fault)(1, operation)


def _none(_: object) -> None:
    return None
