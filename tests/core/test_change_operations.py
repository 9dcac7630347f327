"""Operations: what was asked under a key is done once, and answered the same each time (PLT-3, MSG-7, S-IO-11)."""

from datetime import timedelta

import msgspec
import pytest

from chalicelib.core import operations
from chalicelib.core.access import Operation
from chalicelib.core.change import Change
from chalicelib.core.errors import Conflict
from tests.core.line import Line
from tests.core.things import (
    NOW,
    PlaceRow,
    TallyRow,
    ThingRow,
    change,
    number_of,
    place,
    refusal,
    standing_on,
    state_of,
    store,
    tally,
    thing,
)
from tests.stored import everything

ASKED = Operation(id="op_asked", fingerprint="one body")
OTHER_BODY = Operation(id="op_asked", fingerprint="another body")
OTHER_KEY = Operation(id="op_other", fingerprint="one body")


def _one_more(operation: Operation | None, **given: object) -> Change:
    made = change(operation=operation, **given)  # type: ignore[arg-type]
    made.count(tally("a"), [TallyRow.number.add(1)])
    return made


def test_the_same_key_and_body_gets_the_first_answer(line: Line) -> None:
    assert _one_more(ASKED).commit("first") == "first"
    before = everything()
    assert _one_more(ASKED).commit("second") == "first"
    assert everything() == before
    assert number_of("a") == 1


def test_the_same_key_with_another_body_is_refused(line: Line) -> None:
    _one_more(ASKED).commit("first")
    before = everything()
    with pytest.raises(Conflict) as refused:
        _one_more(OTHER_BODY).commit("second")
    assert (refused.value.status, refused.value.code) == (409, "idempotency_key_reused")
    assert everything() == before


def test_another_key_is_another_operation(line: Line) -> None:
    _one_more(ASKED).commit("first")
    assert _one_more(OTHER_KEY).commit("second") == "second"
    assert number_of("a") == 2


def test_without_a_key_everything_is_new(line: Line) -> None:
    for _ in range(2):
        _one_more(None).commit("done")
    assert number_of("a") == 2


@pytest.mark.parametrize("body", [ASKED, OTHER_BODY])
def test_a_key_past_its_end_is_free_though_its_row_is_still_there(line: Line, body: Operation) -> None:
    """Expiry is compared on read: TTL only collects garbage (house rule 4)."""
    _one_more(ASKED).commit("first")
    late = NOW + operations.KEPT
    assert operations.find(ASKED, late) is None
    assert _one_more(body, now=late).commit("second") == "second"
    assert number_of("a") == 2
    assert _one_more(body, now=late).commit("third") == "second"


def test_a_key_holds_until_its_end(line: Line) -> None:
    _one_more(ASKED).commit("first")
    assert _one_more(ASKED, now=NOW + operations.KEPT - timedelta(seconds=1)).commit("second") == "first"
    assert number_of("a") == 1


def test_a_repeat_whose_conditions_no_longer_hold_gets_the_first_answer(line: Line) -> None:
    """The first time changed the world it asks about."""
    store(thing("a", "old"))
    for _ in range(2):
        made = change(operation=ASKED)
        made.update(thing("a"), [ThingRow.state.set("new")], ThingRow.state == "old", refusal("not_old"))
        assert made.commit("done") == "done"
    assert state_of("a") == "new"


def test_a_repeat_by_someone_who_lost_the_right_changes_nothing(line: Line) -> None:
    """S-AZ-08: the answer to what was done while the right was there is theirs; more is not done."""
    store(place("home"))
    change(standing_on("home"), operation=ASKED).commit("first")
    leaving = change()
    leaving.update(place("home"), [PlaceRow.state.set("disabled")])
    leaving.commit(None)
    before = everything()
    assert change(standing_on("home"), operation=ASKED).commit("second") == "first"
    assert everything() == before


def test_what_was_refused_is_not_remembered(line: Line) -> None:
    """The key may be used again once the reason is gone."""
    made = change(operation=ASKED)
    made.update(thing("a"), [ThingRow.state.set("new")], error=refusal("missing"))
    with pytest.raises(Conflict, match="missing"):
        made.commit("done")
    assert operations.find(ASKED, NOW) is None
    store(thing("a", "old"))
    again = change(operation=ASKED)
    again.update(thing("a"), [ThingRow.state.set("new")])
    assert again.commit("done") == "done"


def test_the_key_of_an_operation_in_a_lost_answer_is_kept(line: Line) -> None:
    line.lose_answers(1)
    assert _one_more(ASKED).commit("first") == "first"
    assert _one_more(ASKED).commit("second") == "first"
    assert number_of("a") == 1


class _Result(msgspec.Struct, frozen=True):
    name: str
    numbers: tuple[int, ...]


@pytest.mark.parametrize("result", [None, "text", 7, {"a": 1}, _Result("n", (1, 2))])
def test_a_result_survives_being_stored(line: Line, result: object) -> None:
    line.lose_answers(1)
    assert change(now=NOW).commit(result) == result
