"""Transactions as `core/change.py` relies on them: all or nothing, reasons in order, tokens, conflicts."""

import threading
import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from botocore.exceptions import ClientError

from tests import scale
from tests.conformance.items import code, get, item, key, number, put, refusal
from tests.conformance.stand import Stand

FREE = "attribute_not_exists(pk)"
THERE = "attribute_exists(pk)"


def _put(engine: Stand, pk: str, sk: str, condition: str | None = None, **numbers: int) -> dict[str, Any]:
    action = {"TableName": engine.table, "Item": item(pk, sk, **numbers)}
    return {"Put": action if condition is None else action | {"ConditionExpression": condition}}


def _check(engine: Stand, pk: str, sk: str, condition: str) -> dict[str, Any]:
    return {"ConditionCheck": {"TableName": engine.table, "Key": key(pk, sk), "ConditionExpression": condition}}


def _add(engine: Stand, pk: str, sk: str, by: int = 1) -> dict[str, Any]:
    values = {":by": {"N": str(by)}}
    action = {"TableName": engine.table, "Key": key(pk, sk), "UpdateExpression": "ADD n :by"}
    return {"Update": action | {"ExpressionAttributeValues": values}}


def _delete(engine: Stand, pk: str, sk: str, condition: str) -> dict[str, Any]:
    return {"Delete": {"TableName": engine.table, "Key": key(pk, sk), "ConditionExpression": condition}}


def _transact(engine: Stand, *actions: dict[str, Any], token: str | None = None) -> None:
    engine.dynamodb.transact_write_items(
        TransactItems=list(actions), **({} if token is None else {"ClientRequestToken": token})
    )


def _reasons(error: ClientError) -> list[str]:
    response: Any = error.response
    return [reason["Code"] for reason in response["CancellationReasons"]]


def test_all_kinds_of_action_are_done_together(engine: Stand, pk: str) -> None:
    put(engine, pk, "checked")
    put(engine, pk, "deleted")
    _transact(
        engine,
        _check(engine, pk, "checked", THERE),
        _delete(engine, pk, "deleted", THERE),
        _put(engine, pk, "made", FREE, n=7),
        _add(engine, pk, "counted", 3),
    )
    assert get(engine, pk, "deleted") is None
    assert number(engine, pk, "made") == 7
    assert number(engine, pk, "counted") == 3, "an update makes the item that is not there"


def test_nothing_is_done_when_one_condition_fails(engine: Stand, pk: str) -> None:
    put(engine, pk, "kept", n=1)
    actions = [
        _put(engine, pk, "new", FREE),
        _add(engine, pk, "kept"),
        _check(engine, pk, "absent", THERE),
    ]
    assert code(lambda: _transact(engine, *actions)) == "TransactionCanceledException"
    assert get(engine, pk, "new") is None
    assert number(engine, pk, "kept") == 1


def test_reasons_come_in_the_order_of_the_actions(engine: Stand, pk: str) -> None:
    """The write door finds the refusal of a row by its place."""
    put(engine, pk, "taken")
    error = refusal(
        lambda: _transact(
            engine,
            _check(engine, pk, "taken", THERE),
            _check(engine, pk, "absent", THERE),
            _put(engine, pk, "free", FREE),
            _put(engine, pk, "taken-2"),
            _delete(engine, pk, "absent-2", THERE),
        )
    )
    failed = "ConditionalCheckFailed"
    assert _reasons(error) == ["None", failed, "None", "None", failed]


def test_one_item_is_acted_on_once(engine: Stand, pk: str) -> None:
    """Therefore the write door joins a guard with the write of the same item."""
    actions = [_check(engine, pk, "a", FREE), _put(engine, pk, "a")]
    assert code(lambda: _transact(engine, *actions)) == "ValidationException"
    assert get(engine, pk, "a") is None


def test_a_hundred_actions_and_no_more(engine: Stand, pk: str) -> None:
    _transact(engine, *(_put(engine, pk, f"{place:03}") for place in range(100)))
    assert get(engine, pk, "099") is not None
    more = [_put(engine, pk, f"more-{place:03}") for place in range(101)]
    assert code(lambda: _transact(engine, *more)) == "ValidationException"
    assert get(engine, pk, "more-000") is None


def test_the_same_token_applies_once(engine: Stand, pk: str) -> None:
    """The answer got lost, botocore tries again."""
    token = uuid.uuid4().hex
    for _ in range(3):
        _transact(engine, _add(engine, pk, "a"), token=token)
    assert number(engine, pk, "a") == 1


def test_a_token_is_for_one_request(engine: Stand, pk: str) -> None:
    token = uuid.uuid4().hex
    _transact(engine, _add(engine, pk, "a"), token=token)
    again = code(lambda: _transact(engine, _add(engine, pk, "a", 2), token=token))
    assert again == "IdempotentParameterMismatchException"
    assert number(engine, pk, "a") == 1


def test_a_cancelled_token_may_be_tried_again(engine: Stand, pk: str) -> None:
    """As the write door does after a conflict."""
    token = uuid.uuid4().hex
    actions = [_check(engine, pk, "gate", THERE), _add(engine, pk, "a")]
    assert code(lambda: _transact(engine, *actions, token=token)) == "TransactionCanceledException"
    put(engine, pk, "gate")
    _transact(engine, *actions, token=token)
    assert number(engine, pk, "a") == 1


def _outcome(engine: Stand, *actions: dict[str, Any]) -> str:
    try:
        _transact(engine, *actions)
    except ClientError as error:
        if error.response["Error"]["Code"] != "TransactionCanceledException":
            return str(error.response["Error"]["Code"])
        (reason,) = set(_reasons(error)) - {"None"}
        return reason
    return "done"


def test_parallel_transactions_are_done_or_meet_a_conflict(engine: Stand, pk: str) -> None:
    """Never lost, never done by half: both counters say how many were done."""
    times = scale.repeats(80, 2_000)
    with ThreadPoolExecutor(16) as threads:
        actions = [_add(engine, pk, "a"), _add(engine, pk, "b")]
        told = Counter(threads.map(lambda _: _outcome(engine, *actions), range(times)))
    assert set(told) <= {"done", "TransactionConflict"}
    assert number(engine, pk, "a") == number(engine, pk, "b") == told["done"] > 0


def test_of_parallel_transactions_for_one_place_one_wins(engine: Stand, pk: str) -> None:
    gate = threading.Barrier(8)

    def take(sk: str) -> str:
        gate.wait()
        return _outcome(engine, _put(engine, pk, sk, FREE))

    for place in range(scale.repeats(5, 200)):
        with ThreadPoolExecutor(8) as threads:
            told = Counter(threads.map(take, [f"seat-{place}"] * 8))
        assert told["done"] == 1
        assert set(told) <= {"done", "ConditionalCheckFailed", "TransactionConflict"}
