"""A sparse index with the partition of its table and another order, as lists are sorted by it."""

from typing import Any

from tests import scale
from tests.conformance.items import Item, item, key, put_many
from tests.conformance.stand import Stand

_ROUNDS = 200


def _named(pk: str, sk: str, name: str) -> Item:
    return item(pk, sk) | {"sort_name": {"S": name}}


def _page(engine: Stand, pk: str, **options: Any) -> dict[str, Any]:
    found: dict[str, Any] = engine.dynamodb.query(
        TableName=engine.table,
        IndexName="by_name",
        KeyConditionExpression="pk = :pk",
        ExpressionAttributeValues={":pk": {"S": pk}},
        **options,
    )
    return found


def _all(engine: Stand, pk: str, wanted: int, **options: Any) -> list[str]:
    """The sort keys in order of the index, by pages; an index lags behind, so until the wanted number is there."""
    seen: list[str] = []
    for _ in range(_ROUNDS):
        seen, page = [], _page(engine, pk, **options)
        while True:
            seen += [found["sk"]["S"] for found in page["Items"]]
            if "LastEvaluatedKey" not in page:
                break
            page = _page(engine, pk, ExclusiveStartKey=page["LastEvaluatedKey"], **options)
        if len(seen) == wanted:
            break
    return seen


def test_only_items_with_a_name_are_in_the_index_and_in_its_order(engine: Stand, pk: str) -> None:
    put_many(engine, [_named(pk, "1", "b"), _named(pk, "2", "a"), item(pk, "3"), _named(pk, "4", "c")])
    assert _all(engine, pk, 3) == ["2", "1", "4"]
    assert _all(engine, pk, 3, ScanIndexForward=False) == ["4", "1", "2"]


def test_an_item_moves_with_its_name_and_goes_with_it(engine: Stand, pk: str) -> None:
    put_many(engine, [_named(pk, "1", "b"), _named(pk, "2", "a"), _named(pk, "3", "x")])
    put_many(engine, [_named(pk, "2", "z"), item(pk, "3")])
    assert _all(engine, pk, 2) == ["1", "2"]


def test_pages_of_an_index_have_no_gap_and_no_repeat_among_equals(engine: Stand, pk: str) -> None:
    """Many of one name: the place in the index is told by all its keys."""
    number = scale.size(60, 10_000) if engine.name == "dynoxide" else 60
    put_many(engine, [_named(pk, f"{place:05}", "same" if place % 3 else "other") for place in range(number)])
    seen = _all(engine, pk, number, Limit=26)
    assert len(seen) == number
    assert sorted(seen) == [f"{place:05}" for place in range(number)]


def test_a_place_in_an_index_is_told_by_all_its_keys(engine: Stand, pk: str) -> None:
    put_many(engine, [_named(pk, "1", "a"), _named(pk, "2", "b")])
    assert _all(engine, pk, 2) == ["1", "2"]
    assert _page(engine, pk, Limit=1)["LastEvaluatedKey"] == key(pk, "1") | {"sort_name": {"S": "a"}}
