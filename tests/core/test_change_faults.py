"""The write door when the line fails: lost answers, conflicts, errors of DynamoDB's own."""

import pytest
from pynamodb.exceptions import PynamoDBException, TransactWriteError

from chalicelib.core import change as door
from chalicelib.core.errors import Busy, Conflict
from tests.core.line import Line
from tests.core.things import TallyRow, ThingRow, change, number_of, refusal, state_of, store, tally, thing
from tests.stored import everything

TRIES = door.TRIES


def _one_more(name: str = "a") -> door.Change:
    made = change()
    made.count(tally(name), [TallyRow.number.add(1)])
    return made


@pytest.mark.parametrize("times", [1, 2, TRIES - 1, TRIES])
def test_a_lost_answer_does_nothing_twice(line: Line, times: int) -> None:
    """Done and answered once, also on an engine that ignores ClientRequestToken, also when no answer ever comes."""
    line.lose_answers(times)
    made = _one_more()
    made.create(thing("a", "new"))
    assert made.commit("done") == "done"
    assert number_of("a") == 1
    assert len(line.sent) == min(times + 1, TRIES)


def test_botocore_trying_again_by_itself_does_nothing_twice(line: Line) -> None:
    """Its second try finds the first one's rows and reports failed conditions, though all was written."""
    line.break_connections(1)
    made = _one_more()
    made.create(thing("a", "new"), refusal("taken"))
    assert made.commit("done") == "done"
    assert number_of("a") == 1
    assert len(line.sent) == 1


def test_a_lost_answer_whose_conditions_no_longer_hold_is_still_done(line: Line) -> None:
    """The operation's row tells our own write from somebody else's."""
    store(thing("a", "old"))
    line.lose_answers(1)
    made = change()
    made.update(thing("a"), [ThingRow.state.set("new")], ThingRow.state == "old", refusal("not_old"))
    assert made.commit("done") == "done"
    assert state_of("a") == "new"


@pytest.mark.parametrize("times", [1, TRIES - 1])
def test_what_did_not_arrive_is_sent_again(line: Line, times: int) -> None:
    line.cut(times)
    assert _one_more().commit("done") == "done"
    assert number_of("a") == 1


@pytest.mark.parametrize("times", [1, TRIES - 1])
def test_a_conflict_is_tried_again(line: Line, times: int) -> None:
    line.conflict(times)
    assert _one_more().commit("done") == "done"
    assert number_of("a") == 1
    assert len(line.sent) == times + 1


def test_every_try_carries_the_same_token_and_the_same_rows(line: Line) -> None:
    """So that AWS applies a repeat once."""
    tokens: list[str] = []
    line.tamper(lambda params: tokens.append(params["ClientRequestToken"]))
    line.conflict(2)
    _one_more().commit(None)
    assert len(tokens) == 3
    assert len(set(tokens)) == 1
    assert line.sent[0] == line.sent[1] == line.sent[2]
    _one_more().commit(None)
    assert len(set(tokens)) == 2


def test_conflicts_without_end_are_told_as_busy(line: Line) -> None:
    before = everything()
    line.conflict(TRIES)
    with pytest.raises(Busy) as refused:
        _one_more().commit(None)
    assert (refused.value.status, refused.value.code, refused.value.retry_after) == (503, "busy", 1)
    assert len(line.sent) == TRIES
    assert everything() == before


def test_a_line_that_stays_cut_is_told_as_busy(line: Line) -> None:
    before = everything()
    line.cut(TRIES)
    with pytest.raises(Busy):
        _one_more().commit(None)
    assert everything() == before


def test_an_answer_that_got_lost_before_conflicts_is_found(line: Line) -> None:
    line.lose_answers(1)
    made = _one_more()
    line.tamper(lambda _: line.conflict(1) if len(line.sent) > 1 else None)
    assert made.commit("done") == "done"
    assert number_of("a") == 1
    assert len(line.sent) == TRIES


@pytest.mark.parametrize(
    "code", ["InternalServerError", "ThrottlingException", "TransactionInProgressException", "RequestLimitExceeded"]
)
def test_what_dynamodb_cannot_do_now_is_tried_again(line: Line, code: str) -> None:
    line.refuse(code, 1)
    assert _one_more().commit("done") == "done"
    assert number_of("a") == 1


@pytest.mark.parametrize("code", ["ValidationException", "ResourceNotFoundException", "AccessDeniedException"])
def test_what_dynamodb_will_never_do_is_raised_at_once(line: Line, code: str) -> None:
    """The door answers it with 503 (S-IO-09); no retry would help."""
    before = everything()
    line.refuse(code, TRIES)
    with pytest.raises(TransactWriteError):
        _one_more().commit(None)
    assert issubclass(TransactWriteError, PynamoDBException)
    assert len(line.sent) == 1
    assert everything() == before


@pytest.mark.parametrize("code", ["ThrottlingError", "ProvisionedThroughputExceeded"])
def test_a_throttled_item_is_tried_again(line: Line, code: str) -> None:
    line.cancel(1, lambda items: [code, *["None"] * (len(items) - 1)])
    assert _one_more().commit("done") == "done"


def test_an_item_that_is_wrong_is_raised_at_once(line: Line) -> None:
    line.cancel(TRIES, lambda items: ["ValidationError", *["None"] * (len(items) - 1)])
    with pytest.raises(TransactWriteError):
        _one_more().commit(None)
    assert len(line.sent) == 1


def test_a_failed_condition_counts_more_than_a_conflict(line: Line) -> None:
    """Trying again would change nothing about it."""
    made = change()
    made.update(thing("a"), [ThingRow.state.set("new")], error=refusal("gone"))

    def reasons(items: list[dict[str, object]]) -> list[str]:
        return ["TransactionConflict", *["None"] * (len(items) - 2), "ConditionalCheckFailed"]

    line.cancel(TRIES, reasons)
    with pytest.raises(Conflict, match="gone"):
        made.commit(None)
    assert len(line.sent) == 1
