"""The stream of the short-lived table, by which events leave (`core/events.py`)."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from chalicelib.core import events
from chalicelib.core.access import system
from chalicelib.core.change import Change
from chalicelib.core.journal import Entry
from tests import scale
from tests.conformance.items import code, item, key, put
from tests.conformance.stand import Stand

NOW = datetime(2026, 3, 2, 15, tzinfo=UTC)
_ROUNDS = 200


def _iterators(engine: Stand) -> list[str]:
    arn = engine.dynamodb.describe_table(TableName=engine.table)["Table"]["LatestStreamArn"]
    shards = engine.streams.describe_stream(StreamArn=arn)["StreamDescription"]["Shards"]
    oldest = {"StreamArn": arn, "ShardIteratorType": "TRIM_HORIZON"}
    return [engine.streams.get_shard_iterator(ShardId=shard["ShardId"], **oldest)["ShardIterator"] for shard in shards]


def _records(engine: Stand, pk: str, wanted: int) -> list[dict[str, Any]]:
    """The records of a partition, up to the wanted number; on AWS they take a moment to come."""
    found: list[dict[str, Any]] = []
    iterators = _iterators(engine)
    for _ in range(_ROUNDS):
        following = []
        for iterator in iterators:
            answer = engine.streams.get_records(ShardIterator=iterator)
            found += [record["dynamodb"] | {"event": record["eventName"]} for record in answer["Records"]]
            following += [answer["NextShardIterator"]] if answer.get("NextShardIterator") else []
        iterators = following
        mine = [record for record in found if record["Keys"]["pk"]["S"] == pk]
        if len(mine) >= wanted:
            return mine
    return [record for record in found if record["Keys"]["pk"]["S"] == pk]


def test_a_change_of_an_item_is_told_with_its_new_image(engine: Stand, pk: str) -> None:
    put(engine, pk, "a", n=1)
    put(engine, pk, "a", n=2)
    engine.dynamodb.delete_item(TableName=engine.table, Key=key(pk, "a"))
    told = [(record["event"], record.get("NewImage")) for record in _records(engine, pk, 3)]
    assert told == [("INSERT", item(pk, "a", n=1)), ("MODIFY", item(pk, "a", n=2)), ("REMOVE", None)]


def test_changes_of_a_partition_come_in_order(engine: Stand, pk: str) -> None:
    number = scale.size(30, 2_000) if engine.name == "dynoxide" else 30
    for place in range(number):
        put(engine, pk, f"{place:05}")
    records = _records(engine, pk, number)
    assert [record["Keys"]["sk"]["S"] for record in records] == [f"{place:05}" for place in range(number)]
    numbers = [int(record["SequenceNumber"]) for record in records]
    assert numbers == sorted(set(numbers))


def test_a_cancelled_transaction_is_not_told(engine: Stand, pk: str) -> None:
    table = {"TableName": engine.table}
    absent = {"Key": key(pk, "absent"), "ConditionExpression": "attribute_exists(pk)"}
    actions = [{"Put": {**table, "Item": item(pk, "a")}}, {"ConditionCheck": {**table, **absent}}]
    cancelled = code(lambda: engine.dynamodb.transact_write_items(TransactItems=actions))
    assert cancelled == "TransactionCanceledException"
    put(engine, pk, "after")
    assert [record["Keys"] for record in _records(engine, pk, 1)] == [key(pk, "after")]


def _outbox(engine: Stand) -> Iterator[dict[str, Any]]:
    query = {"TableName": engine.table, "FilterExpression": "cls = :cls"}
    for page in engine.dynamodb.get_paginator("scan").paginate(
        **query, ExpressionAttributeValues={":cls": {"S": "outbox"}}
    ):
        yield from page["Items"]


def test_an_event_of_a_change_is_told_as_it_was_written(engine: Stand, portal_on_engine: None, pk: str) -> None:
    """S-MAIL-06: the outbox row is in the stream, whole, and can be read as the publisher reads it."""
    change = Change(system("verify"), Entry(action="verify.told"), NOW)
    change.emit("verify.told", subject_id=pk)
    change.commit(None)
    (row,) = [found for found in _outbox(engine) if pk in str(found["ids"])]
    (record,) = _records(engine, row["pk"]["S"], 1)
    assert record["event"] == "INSERT"
    assert record["NewImage"] == row
    assert events.OutboxRow.from_raw_data(record["NewImage"]).ids == {"subject_id": pk}
