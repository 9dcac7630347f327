"""The write door: one transaction with audit record, events, operation and guards, or nothing."""

from collections.abc import Callable

import pytest

from chalicelib.core import change as door
from chalicelib.core import events, journal
from chalicelib.core.errors import Conflict, Refusal, TooManyRows, Unauthenticated
from tests.core.line import Line, Request
from tests.core.things import (
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
    written,
)
from tests.stored import everything

Plan = Callable[[door.Change], None]


def test_rows_record_event_and_operation_go_in_one_transaction(line: Line) -> None:
    """S-AUD-04: the audit record is written in the change's own transaction."""
    before = everything()
    made = change()
    made.create(thing("a", "new"))
    made.record(journal.Entry(action="thing.seen", object_id="a"))
    made.emit("thing.made", thing_id="a")
    assert made.commit("result") == "result"

    assert len(line.sent) == 1
    kinds = sorted(item["cls"] for item in written(before))
    assert kinds == ["operation", "outbox", "record", "record", "test_thing"]
    event = next(item for item in written(before) if item["cls"] == "outbox")
    assert (event["name"], event["request_id"]) == ("thing.made", "req_test")
    assert events.OutboxRow.get(event["pk"], "EVENT").ids == {"thing_id": "a"}
    records = {item["action"]: item for item in written(before) if item["cls"] == "record"}
    assert records.keys() == {"thing.changed", "thing.seen"}
    assert records["thing.changed"]["actor_id"] == "tester"
    assert records["thing.changed"]["request_id"] == "req_test"
    assert records["thing.changed"]["at"] == "2026-03-02T15:00:00.000+00:00"


@pytest.mark.parametrize("table", ["journal", "shortlived"])
def test_without_its_record_or_its_event_nothing_is_changed(line: Line, table: str) -> None:
    """S-AUD-04, S-IO-09: no write without audit."""
    store(thing("a", "old"))
    before = everything()

    def spoil(params: Request) -> None:
        for item in params["TransactItems"]:
            put = item.get("Put", {})
            if put.get("TableName", "").endswith(table) and put["Item"]["cls"]["S"] in ("record", "outbox"):
                put["ConditionExpression"] = put["ConditionExpression"].replace("not_exists", "exists")

    line.tamper(spoil)
    made = change()
    made.update(thing("a"), [ThingRow.state.set("new")])
    made.count(tally("a"), [TallyRow.number.add(1)])
    made.emit("thing.made")
    with pytest.raises(Conflict):
        made.commit(None)
    assert everything() == before


_PLANS: dict[str, Plan] = {
    "check": lambda made: made.check(thing("check"), ThingRow.state == "good", refusal("check")),
    "delete": lambda made: made.delete(thing("delete"), ThingRow.state == "good", refusal("delete")),
    "put": lambda made: made.put(thing("put", "new"), ThingRow.state == "good", refusal("put")),
    "update": lambda made: made.update(
        thing("update"), [ThingRow.state.set("new")], ThingRow.state == "good", refusal("update")
    ),
}


@pytest.mark.parametrize(
    "order", [["update", "put", "delete", "check"], ["put", "check", "update", "delete"]], ids="/".join
)
@pytest.mark.parametrize("failing", ["check", "delete", "put", "update"])
def test_the_refusal_is_that_of_the_row_that_failed(line: Line, order: list[str], failing: str) -> None:
    """PynamoDB sends checks, deletes, puts and updates in that order, whatever order they were planned in."""
    store(*(thing(name, "bad" if name == failing else "good") for name in order))
    made = change(standing_on("home"))
    for name in order:
        _PLANS[name](made)
    store(place("home"))
    before = everything()
    with pytest.raises(Conflict) as refused:
        made.commit(None)
    assert refused.value.code == failing
    assert everything() == before
    assert line.kinds == ["ConditionCheck", "ConditionCheck", "Delete", "Put", "Put", "Put", "Update"]


def test_all_is_written_when_all_holds(line: Line) -> None:
    store(*(thing(name, "good") for name in _PLANS), place("home"))
    made = change(standing_on("home"))
    for plan in _PLANS.values():
        plan(made)
    made.commit(None)
    assert [state_of(name) for name in _PLANS] == ["good", "nothing", "new", "new"]


def test_nobody_acts_who_lost_the_right_meanwhile(line: Line) -> None:
    """S-AZ-08, S-SESS-04: disabled between load and commit."""
    store(place("home"), thing("a", "old"))
    made = change(standing_on("home"))
    made.update(thing("a"), [ThingRow.state.set("new")])
    leaving = change()
    leaving.update(place("home"), [PlaceRow.state.set("disabled")])
    line.before_transaction(lambda: leaving.commit(None))
    with pytest.raises(Unauthenticated):
        made.commit(None)
    assert state_of("a") == "old"


def test_who_lost_the_right_is_told_so_whatever_else_fails(line: Line) -> None:
    """The state of things is nothing to somebody who may not see it any more."""
    made = change(standing_on("nowhere"))
    made.update(thing("missing"), [ThingRow.state.set("new")], error=refusal("missing"))
    made.delete(thing("missing too"), ThingRow.pk.exists(), refusal("missing"))
    with pytest.raises(Unauthenticated):
        made.commit(None)


@pytest.mark.parametrize("state", ["active", "disabled"])
@pytest.mark.parametrize("kind", ["put", "update", "delete", "count"])
def test_a_guard_on_an_item_that_is_written_becomes_part_of_that_write(line: Line, kind: str, state: str) -> None:
    """DynamoDB refuses two operations on one item in a transaction."""
    store(place("home", state), thing("a"))
    made = change(standing_on("home"))
    if kind == "put":
        made.put(place("home", "moved"), error=refusal("folded"))
    elif kind == "delete":
        made.delete(place("home"), error=refusal("folded"))
    elif kind == "count":
        made.count(place("home"), [PlaceRow.state.set("moved")])
    else:
        made.update(place("home"), [PlaceRow.state.set("moved")], PlaceRow.state != "moved", refusal("folded"))
    made.update(thing("a"), [ThingRow.state.set("new")])
    before = everything()
    if state == "active":
        made.commit(None)
        assert state_of("a") == "new"
    else:
        with pytest.raises(Conflict, match="changed_meanwhile" if kind == "count" else "folded"):
            made.commit(None)
        assert everything() == before
    assert "ConditionCheck" not in line.kinds


@pytest.mark.parametrize("lost", ["user", "membership"])
def test_every_guard_counts(line: Line, lost: str) -> None:
    store(*(place(name, "disabled" if name == lost else "active") for name in ("user", "membership")))
    made = change(standing_on("user"), standing_on("membership"))
    made.create(thing("a"))
    with pytest.raises(Unauthenticated):
        made.commit(None)
    assert state_of("a") == "nothing"


def test_a_guard_twice_and_a_check_on_the_same_item_are_one(line: Line) -> None:
    store(place("home"))
    made = change(standing_on("home"), standing_on("home"))
    made.check(place("home"), PlaceRow.pk.exists())
    made.create(thing("a", "new"))
    made.commit(None)
    assert line.kinds.count("ConditionCheck") == 1
    assert state_of("a") == "new"


def test_what_is_raised_keeps_nothing_of_the_request(line: Line) -> None:
    """S-SESS-04: a guard's refusal may outlive the request; a raised exception holds its frames and all in them."""
    guard = standing_on("nowhere")
    for _ in range(2):
        with pytest.raises(Unauthenticated) as refused:
            change(guard).commit(None)
        assert refused.value is not guard.error
        assert (refused.value.code, refused.value.status) == (guard.error.code, guard.error.status)
    assert guard.error.__traceback__ is None


@pytest.mark.parametrize("first", ["put", "delete", "update"])
@pytest.mark.parametrize("second", ["put", "delete", "update"])
def test_an_item_is_written_once_in_a_change(line: Line, first: str, second: str) -> None:
    store(thing("a", "old"))
    sent = len(line.sent)
    made = change()
    for kind in (first, second):
        if kind == "update":
            made.update(thing("a"), [ThingRow.state.set("new")])
        else:
            getattr(made, kind)(thing("a"))
    with pytest.raises(ValueError, match="written twice"):
        made.commit(None)
    assert len(line.sent) == sent


def test_too_many_rows_are_refused_before_anything_is_sent(line: Line) -> None:
    """Larger work commits a header and an event, then idempotent chunks (docs/architecture.md)."""
    made = change(standing_on("home"))
    # With the guard, the record and the operation it is one too many.
    for place_ in range(door.MOST_ROWS - 2):
        made.put(thing(str(place_)))
    with pytest.raises(TooManyRows):
        made.commit(None)
    assert line.sent == []
    assert not issubclass(TooManyRows, Refusal), "a fault of ours is no refusal"


def test_as_many_rows_as_allowed_go_through(line: Line) -> None:
    made = change()
    for place_ in range(door.MOST_ROWS - 2):
        made.put(thing(str(place_), "new"))
    made.commit(None)
    assert state_of(str(door.MOST_ROWS - 3)) == "new"


def test_what_must_be_there_or_not_there(line: Line) -> None:
    store(thing("there", "old"))
    creating, updating = change(), change()
    creating.create(thing("there", "new"))
    updating.update(thing("missing"), [ThingRow.state.set("new")])
    for made in (creating, updating):
        with pytest.raises(Conflict, match="changed_meanwhile"):
            made.commit(None)
    assert (state_of("there"), state_of("missing")) == ("old", "nothing")


def test_a_counter_that_begins_is_an_item_of_its_kind(line: Line) -> None:
    """An update that creates an item must write what tells its kind, or no model finds it again."""
    for difference in (2, -1):
        made = change()
        made.count(tally("a"), [TallyRow.number.add(difference)])
        made.commit(None)
    (found,) = TallyRow.query("TALLY#a")
    assert (type(found), found.number) == (TallyRow, 1)
    assert number_of("a") == 1
