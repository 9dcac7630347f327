"""Single items, queries and batches as the stores of the features rely on them."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from tests import scale
from tests.conformance.items import code, get, item, key, number, put, put_many
from tests.conformance.stand import Stand

FAILED = "ConditionalCheckFailedException"


def _query(engine: Stand, pk: str, **options: Any) -> dict[str, Any]:
    values = {":pk": {"S": pk}} | options.pop("values", {})
    condition = "pk = :pk" + options.pop("and_", "")
    found: dict[str, Any] = engine.dynamodb.query(
        TableName=engine.table, KeyConditionExpression=condition, ExpressionAttributeValues=values, **options
    )
    return found


def _sks(page: dict[str, Any]) -> list[str]:
    return [found["sk"]["S"] for found in page["Items"]]


def _update(engine: Stand, pk: str, sk: str, expression: str, condition: str | None = None, by: int = 1) -> None:
    engine.dynamodb.update_item(
        TableName=engine.table,
        Key=key(pk, sk),
        UpdateExpression=expression,
        ExpressionAttributeValues={":by": {"N": str(by)}},
        **({} if condition is None else {"ConditionExpression": condition}),
    )


def test_an_item_is_made_once(engine: Stand, pk: str) -> None:
    new = {"TableName": engine.table, "ConditionExpression": "attribute_not_exists(pk)"}
    engine.dynamodb.put_item(Item=item(pk, "a", n=1), **new)
    assert code(lambda: engine.dynamodb.put_item(Item=item(pk, "a", n=2), **new)) == FAILED
    assert number(engine, pk, "a") == 1


def test_an_update_whose_condition_fails_changes_nothing(engine: Stand, pk: str) -> None:
    put(engine, pk, "a", n=5)
    assert code(lambda: _update(engine, pk, "a", "ADD n :by", "n < :by")) == FAILED
    assert code(lambda: _update(engine, pk, "absent", "SET n = :by", "attribute_exists(pk)")) == FAILED
    assert number(engine, pk, "a") == 5
    assert get(engine, pk, "absent") is None


def test_a_delete_asks_first(engine: Stand, pk: str) -> None:
    put(engine, pk, "a")
    asked = {"TableName": engine.table, "ConditionExpression": "attribute_exists(pk)"}
    engine.dynamodb.delete_item(Key=key(pk, "a"), **asked)
    assert get(engine, pk, "a") is None
    assert code(lambda: engine.dynamodb.delete_item(Key=key(pk, "a"), **asked)) == FAILED


def test_a_place_is_free_when_what_held_it_is_past_its_end(engine: Stand, pk: str) -> None:
    """House rule 4: TTL is late. So are operations taken over."""
    taking = {
        "TableName": engine.table,
        "ConditionExpression": "attribute_not_exists(pk) OR expires_at <= :now",
        "ExpressionAttributeValues": {":now": {"N": "100"}},
    }
    put(engine, pk, "past", expires_at=100)
    put(engine, pk, "present", expires_at=101)
    engine.dynamodb.put_item(Item=item(pk, "past", expires_at=200), **taking)
    assert code(lambda: engine.dynamodb.put_item(Item=item(pk, "present", expires_at=200), **taking)) == FAILED


def test_what_was_written_is_read_at_once(engine: Stand, pk: str) -> None:
    """Strong reads, by key and by query."""
    for place in range(scale.repeats(20, 1_000)):
        put(engine, pk, "a", n=place)
        assert number(engine, pk, "a") == place
        (found,) = _query(engine, pk, ConsistentRead=True)["Items"]
        assert found["n"]["N"] == str(place)


def test_parallel_additions_add_up(engine: Stand, pk: str) -> None:
    times = scale.repeats(100, 5_000)
    with ThreadPoolExecutor(16) as threads:
        list(threads.map(lambda _: _update(engine, pk, "a", "ADD n :by", by=2), range(times)))
    assert number(engine, pk, "a") == 2 * times


def test_numbers_are_exact(engine: Stand, pk: str) -> None:
    """38 digits."""
    digits = "12345678901234567890123456789012345678"
    engine.dynamodb.put_item(TableName=engine.table, Item=key(pk, "a") | {"n": {"N": digits}})
    found = get(engine, pk, "a")
    assert found is not None
    assert found["n"]["N"] == digits


def test_keys_are_not_empty_and_texts_may_be(engine: Stand, pk: str) -> None:
    assert code(lambda: put(engine, pk, "")) == "ValidationException"
    engine.dynamodb.put_item(TableName=engine.table, Item=key(pk, "a") | {"text": {"S": ""}})
    assert get(engine, pk, "a") == key(pk, "a") | {"text": {"S": ""}}


def test_an_item_has_400_kb_at_most(engine: Stand, pk: str) -> None:
    fits, too_much = "x" * 390_000, "x" * 410_000
    engine.dynamodb.put_item(TableName=engine.table, Item=key(pk, "a") | {"text": {"S": fits}})
    large = key(pk, "b") | {"text": {"S": too_much}}
    assert code(lambda: engine.dynamodb.put_item(TableName=engine.table, Item=large)) == "ValidationException"


def test_a_query_is_in_order_of_the_bytes(engine: Stand, pk: str) -> None:
    """UTF-8, so capitals before small letters, and both before the rest."""
    wanted = ["A", "B", "a", "aa", "b", "é", "ま", "\U0001f600"]
    for sk in reversed(wanted):
        put(engine, pk, sk)
    assert _sks(_query(engine, pk)) == wanted
    assert _sks(_query(engine, pk, ScanIndexForward=False)) == wanted[::-1]


def test_a_query_takes_a_part_of_the_keys(engine: Stand, pk: str) -> None:
    for sk in ("DUE#1", "DUE#2", "DUE#21", "POSITION"):
        put(engine, pk, sk)
    begins = {"and_": " AND begins_with(sk, :sk)", "values": {":sk": {"S": "DUE#2"}}}
    assert _sks(_query(engine, pk, **begins)) == ["DUE#2", "DUE#21"]
    until = {"and_": " AND sk <= :sk", "values": {":sk": {"S": "DUE#2"}}}
    assert _sks(_query(engine, pk, **until)) == ["DUE#1", "DUE#2"]
    between = {"and_": " AND sk BETWEEN :a AND :b", "values": {":a": {"S": "DUE#2"}, ":b": {"S": "POSITION"}}}
    assert _sks(_query(engine, pk, **between)) == ["DUE#2", "DUE#21", "POSITION"]


def test_pages_have_no_gap_and_no_repeat(engine: Stand, pk: str) -> None:
    """MSG-3: whatever the number of rows, newest first. On AWS in the short form: there each row costs."""
    rows = 130 if engine.name != "dynoxide" else scale.size(130, 100_000)
    put_many(engine, [item(pk, f"{place:06}", n=place) for place in range(rows)])
    seen: list[str] = []
    start: dict[str, Any] = {}
    while True:
        page = _query(engine, pk, Limit=26, ScanIndexForward=False, **start)
        assert page["ScannedCount"] == len(page["Items"]) <= 26
        seen += _sks(page)
        if "LastEvaluatedKey" not in page:
            break
        assert page["LastEvaluatedKey"] == key(pk, seen[-1])
        start = {"ExclusiveStartKey": page["LastEvaluatedKey"]}
    assert seen == [f"{place:06}" for place in reversed(range(rows))]


def test_a_page_goes_on_behind_a_row_that_is_gone(engine: Stand, pk: str) -> None:
    """A cursor stays good when its row was filed elsewhere."""
    for sk in "abcd":
        put(engine, pk, sk)
    engine.dynamodb.delete_item(TableName=engine.table, Key=key(pk, "b"))
    assert _sks(_query(engine, pk, ExclusiveStartKey=key(pk, "b"))) == ["c", "d"]


def test_a_limit_counts_before_the_filter(engine: Stand, pk: str) -> None:
    for place in range(10):
        put(engine, pk, str(place), n=place)
    page = _query(engine, pk, Limit=5, FilterExpression="n >= :n", values={":n": {"N": "4"}})
    assert (_sks(page), page["ScannedCount"], page["LastEvaluatedKey"]) == (["4"], 5, key(pk, "4"))


def test_a_page_ends_at_a_megabyte(engine: Stand, pk: str) -> None:
    for place in range(6):
        large = key(pk, str(place)) | {"text": {"S": "x" * 250_000}}
        engine.dynamodb.put_item(TableName=engine.table, Item=large)
    page = _query(engine, pk)
    assert len(page["Items"]) < 6
    rest = _query(engine, pk, ExclusiveStartKey=page["LastEvaluatedKey"])
    assert _sks(page) + _sks(rest) == list("012345")


def _batch(engine: Stand, keys: list[dict[str, Any]]) -> list[str]:
    asked = {engine.table: {"Keys": keys, "ConsistentRead": True}}
    answer = engine.dynamodb.batch_get_item(RequestItems=asked)
    assert not answer.get("UnprocessedKeys")
    return sorted(_sks({"Items": answer["Responses"].get(engine.table, [])}))


def test_a_batch_leaves_out_what_is_not_there(engine: Stand, pk: str) -> None:
    put(engine, pk, "a")
    put(engine, pk, "c")
    assert _batch(engine, [key(pk, sk) for sk in "abc"]) == ["a", "c"]
    assert _batch(engine, [key(pk, "b")]) == []


def test_a_batch_holds_a_hundred_keys_each_once(engine: Stand, pk: str) -> None:
    put_many(engine, [item(pk, f"{place:03}") for place in range(100)])
    keys = [key(pk, f"{place:03}") for place in range(101)]
    assert len(_batch(engine, keys[:100])) == 100
    assert code(lambda: _batch(engine, keys)) == "ValidationException"
    assert code(lambda: _batch(engine, [keys[0], keys[0]])) == "ValidationException"


def test_ttl_can_be_set_and_deletes_nothing_at_once(engine: Stand, pk: str) -> None:
    """House rule 4: whoever reads compares."""
    specification = {"Enabled": True, "AttributeName": "expires_at"}
    engine.dynamodb.update_time_to_live(TableName=engine.table, TimeToLiveSpecification=specification)
    told = engine.dynamodb.describe_time_to_live(TableName=engine.table)["TimeToLiveDescription"]
    assert told["AttributeName"] == "expires_at"
    assert told["TimeToLiveStatus"] in ("ENABLED", "ENABLING")
    put(engine, pk, "past", expires_at=1)
    assert get(engine, pk, "past") is not None
