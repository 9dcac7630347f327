"""The narrow forms of the write door: a record alone, an item that only traffic writes, a row of bookkeeping."""

import pytest
from pynamodb.exceptions import PutError, PynamoDBException, TransactWriteError, UpdateError

from chalicelib.core import change as door
from chalicelib.core.journal import Entry
from tests.core.line import Line
from tests.core.things import NOW, TallyRow, actor, number_of, state_of, store, tally, thing, written
from tests.stored import everything

SEEN = Entry(action="thing.seen", object_id="a", result="refused", reason="forbidden")


def _touch(name: str) -> bool:
    return door.touch(tally(name), [TallyRow.number.add(1)], TallyRow.pk.does_not_exist() | (TallyRow.number < 2))


def test_a_note_is_one_record_and_nothing_else(line: Line) -> None:
    """AUD-1: views and refusals."""
    before = everything()
    door.note(actor(), SEEN, NOW)
    (record,) = written(before)
    assert (record["cls"], record["action"], record["result"], record["reason"]) == (
        "record",
        "thing.seen",
        "refused",
        "forbidden",
    )
    assert line.sent == []


def test_a_note_whose_answer_got_lost_is_there_once(line: Line) -> None:
    """botocore tries again by itself and finds the record there: it is ours."""
    before = everything()
    line.break_connections(1, "PutItem")
    door.note(actor(), SEEN, NOW)
    assert len(written(before)) == 1


def test_a_note_that_cannot_be_written_is_told(line: Line) -> None:
    """S-IO-09: what must leave a record does not go on without."""
    line.refuse("InternalServerError", 1, "PutItem")
    with pytest.raises(PutError):
        door.note(actor(), SEEN, NOW)
    line.cut(1, "PutItem")
    with pytest.raises(PutError):
        door.note(actor(), SEEN, NOW)


def test_a_touch_tells_whether_its_condition_held(line: Line) -> None:
    assert [_touch("a"), _touch("a"), _touch("a")] == [True, True, False]
    assert number_of("a") == 2


def test_a_touch_that_begins_an_item_gives_it_its_kind(line: Line) -> None:
    _touch("a")
    (found,) = TallyRow.query("TALLY#a")
    assert isinstance(found, TallyRow)


def test_a_touch_leaves_no_record(line: Line) -> None:
    before = everything()
    _touch("a")
    assert [item["cls"] for item in written(before)] == ["test_tally"]


@pytest.mark.parametrize("fault", ["cut", "lose_answers"])
def test_a_touch_without_an_answer_fails_as_the_door_expects(line: Line, fault: str) -> None:
    """PynamoDB stumbles over a timeout when asked for its code; the request door turns its own errors into 503."""
    getattr(line, fault)(1, "UpdateItem")
    with pytest.raises(UpdateError) as failed:
        _touch("a")
    assert isinstance(failed.value, PynamoDBException)


def test_a_swap_moves_a_row(line: Line) -> None:
    store(thing("old"))
    assert door.swap(thing("old"), thing("new", "moved"))
    assert (state_of("old"), state_of("new")) == ("nothing", "moved")
    assert door.swap(thing("new"), None)
    assert state_of("new") == "nothing"


def test_a_swap_of_what_is_gone_changes_nothing(line: Line) -> None:
    before = everything()
    assert not door.swap(thing("old"), thing("new"))
    assert everything() == before


def test_a_swap_without_an_answer_fails_as_the_door_expects(line: Line) -> None:
    line.cut(1)
    with pytest.raises(TransactWriteError):
        door.swap(thing("old"), None)
