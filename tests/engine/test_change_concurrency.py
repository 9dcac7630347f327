"""The write door under threads, on a real engine: nothing is lost, nothing is done twice, nobody acts who may not."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TypeVar

import pytest

from chalicelib.core.access import Guard, Operation
from chalicelib.core.errors import Refusal, Unauthenticated
from tests import scale, stored
from tests.core.line import Line
from tests.core.things import (
    PlaceRow,
    TallyRow,
    change,
    number_of,
    place,
    refusal,
    standing_on,
    state_of,
    store,
    tally,
    thing,
    written,
)

pytestmark = pytest.mark.engine

T = TypeVar("T")

THREADS = 50
ASKED = Operation(id="op_asked", fingerprint="one body")


def _at_once(acts: Sequence[Callable[[], T]]) -> list[T]:
    """What each of them returns when all begin in the same moment."""
    gate = threading.Barrier(len(acts))

    def run(act: Callable[[], T]) -> T:
        gate.wait()
        return act()

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(run, acts))


def _told(act: Callable[[], object]) -> str:
    """The result, or the code of the refusal."""
    try:
        return str(act())
    except Refusal as refused:
        return refused.code


def _add(name: str = "a", operation: Operation | None = None, result: str = "done") -> str:
    made = change(operation=operation)
    made.count(tally(name), [TallyRow.number.add(1)])
    return made.commit(result)


def test_parallel_changes_of_a_counter_add_up(engine: None) -> None:
    """MSG-4: the badge is exact."""
    assert _at_once([_add] * THREADS) == ["done"] * THREADS
    assert number_of("a") == THREADS
    assert len(stored.records("thing.changed")) == THREADS


def test_they_add_up_when_conflicts_and_lost_answers_come_between(line: Line) -> None:
    """The engine never reports a conflict of its own; AWS does all the time."""
    line.conflict(40)
    line.lose_answers(20)
    told = _at_once([lambda: _told(_add)] * THREADS)
    assert set(told) <= {"done", "busy"}
    assert number_of("a") == told.count("done")
    assert told.count("done") >= THREADS // 2


def test_one_operation_from_many_threads_is_done_once(engine: None) -> None:
    """S-IO-11: everybody gets the answer of the one that did it."""
    before = stored.everything()
    told = _at_once([partial(_add, "a", ASKED, f"by {number}") for number in range(THREADS)])
    assert len(set(told)) == 1
    assert number_of("a") == 1
    assert sorted(item["cls"] for item in written(before)) == ["operation", "record", "test_tally"]


def test_one_operation_is_done_once_through_conflicts_and_lost_answers(line: Line) -> None:
    line.conflict(30)
    line.lose_answers(30)
    told = _at_once([lambda: _told(lambda: _add(operation=ASKED))] * THREADS)
    assert set(told) <= {"done", "busy"}
    assert "done" in told
    assert number_of("a") == 1


def test_one_key_for_different_bodies_does_one_of_them(engine: None) -> None:
    asked = [Operation(id="op_asked", fingerprint=f"body {number % 5}") for number in range(THREADS)]
    told = _at_once([partial(_told, partial(_add, "a", operation, operation.fingerprint)) for operation in asked])
    assert number_of("a") == 1
    (done,) = set(told) - {"idempotency_key_reused"}
    assert told.count(done) == THREADS // 5


def _take(name: str) -> str:
    made = change()
    made.create(thing("seat", name), refusal("taken"))
    made.create(thing(name))
    return made.commit(name)


def test_a_seat_that_one_can_take_is_taken_by_one(engine: None) -> None:
    names = [f"t{number}" for number in range(THREADS)]
    told = _at_once([partial(_told, partial(_take, name)) for name in names])
    (winner,) = set(told) - {"taken"}
    assert state_of("seat") == winner
    assert [name for name in names if state_of(name) != "nothing"] == [winner]


def _disable(who: str, by: str) -> str:
    made = change(standing_on(by))
    made.update(place(who), [PlaceRow.state.set("disabled")], PlaceRow.state == "active")
    return made.commit("won")


def test_two_who_disable_each_other_cannot_both_win(engine: None) -> None:
    """S-AZ-07, S-AZ-08, threat T1: whoever is disabled first disables nobody."""
    for number in range(scale.repeats(50, 500)):
        ann, ben = f"ann{number}", f"ben{number}"
        store(place(ann), place(ben))
        told = _at_once([partial(_told, partial(_disable, ann, ben)), partial(_told, partial(_disable, ben, ann))])
        assert sorted(told) in (["signed_out", "won"], ["changed_meanwhile", "won"])


def _disable_and_close(home: str, desk: str) -> None:
    """Disable somebody and note, in the same transaction, how much they had written until then."""
    made = change()
    made.update(place(home), [PlaceRow.state.set("disabled")])
    made.count(tally(desk), [TallyRow.closed_at.set(TallyRow.number | 0)])
    made.commit(None)


def _write_on(guard: Guard, desk: str) -> None:
    """Write for as long as one may, or far longer than it takes to be disabled."""
    for _ in range(300):
        made = change(guard)
        made.count(tally(desk), [TallyRow.number.add(1)])
        try:
            made.commit(None)
        except Unauthenticated:
            return


def test_nothing_is_written_after_the_actor_was_disabled(engine: None) -> None:
    """S-SESS-04, S-AZ-08, threats T4 and T5: many races of a disabling against its victim's writes."""
    before_the_end = 0
    for number in range(scale.repeats(100, 1_000)):
        home, desk = f"home{number}", f"desk{number}"
        store(place(home))
        _at_once([partial(_disable_and_close, home, desk), partial(_write_on, standing_on(home), desk)])
        found = TallyRow.get(f"TALLY#{desk}", "TALLY", consistent_read=True)
        assert int(found.to_simple_dict().get("number") or 0) == found.closed_at
        before_the_end += int(found.closed_at or 0)
    assert before_the_end > 0, "no write was early enough to race"
