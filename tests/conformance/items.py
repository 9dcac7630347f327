"""Items of the storage suite in DynamoDB's own form, and what an engine says when it refuses."""

from collections.abc import Callable
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.conformance.stand import Stand

Item = dict[str, Any]


def key(pk: str, sk: str) -> Item:
    return {"pk": {"S": pk}, "sk": {"S": sk}}


def item(pk: str, sk: str, **numbers: int) -> Item:
    return key(pk, sk) | {name: {"N": str(number)} for name, number in numbers.items()}


def put(engine: Stand, pk: str, sk: str, **numbers: int) -> None:
    engine.dynamodb.put_item(TableName=engine.table, Item=item(pk, sk, **numbers))


def put_many(engine: Stand, items: list[Item]) -> None:
    """Any number of items, in the batches that DynamoDB takes."""
    for start in range(0, len(items), 25):
        waiting: Any = {engine.table: [{"PutRequest": {"Item": one}} for one in items[start : start + 25]]}
        while waiting:
            waiting = engine.dynamodb.batch_write_item(RequestItems=waiting).get("UnprocessedItems")


def get(engine: Stand, pk: str, sk: str) -> Item | None:
    found: Item | None = engine.dynamodb.get_item(
        TableName=engine.table, Key=key(pk, sk), ConsistentRead=True
    ).get("Item")  # fmt: skip
    return found


def number(engine: Stand, pk: str, sk: str, name: str = "n") -> int | None:
    """A number attribute; None where the item or the attribute is not there."""
    found = get(engine, pk, sk)
    return int(found[name]["N"]) if found and name in found else None


def refusal(act: Callable[[], object]) -> ClientError:
    """The error with which an engine refuses something."""
    with pytest.raises(ClientError) as raised:
        act()
    return raised.value


def code(act: Callable[[], object]) -> str:
    """Its code."""
    return str(refusal(act).response["Error"]["Code"])
