"""What every answer to a bad request must be, and that it left nothing behind.

That nothing is written is seen on the wire, as reading all tables takes as long as forty bad requests; the fixture
`asker` reads them all once at its end, and would find what went around the wire.
"""

import contextlib
import functools
import json
from collections.abc import Iterator, Mapping
from typing import Any

from chalicelib.core import answers, openapi, tables, texts
from chalicelib.core.http import Route
from tests.api.every_route import Request
from tests.portal import Answer
from tests.stored import pages
from tests.wire import Wire

Stored = frozenset[tuple[str, str]]
"""Table and item, for every item there is."""


def faults(answer: Answer, route: Route | None = None) -> list[str]:
    """What is wrong with the answer to a bad request."""
    if not 400 <= answer.status < 500:
        return [f"status {answer.status}"]
    if answer.headers["content-type"] != answers.PROBLEM:
        return [f"content type {answer.headers['content-type']}"]
    told = answer.json
    found = [name for name, value in answers.SECURITY_HEADERS.items() if answer.headers.get(name.lower()) != value]
    found += [f"{name}: {value}" for name, value in answer.headers.items() if "*" in value or "access-control" in name]
    found += [name for name in ("type", "title", "detail") if not told.get(name)]
    found += [] if told["status"] == answer.status else [f"status {told['status']} in the document"]
    found += [] if told["request_id"] == answer.headers["x-request-id"] else ["another request id"]
    found += [] if f"problem.{told['code']}" in texts.catalogue("en") else [f"code {told['code']}"]
    if route is not None and told["code"] not in openapi.problems(route).get(answer.status, set()):
        found.append(f"{answer.status} {told['code']} is not in the API document")
    inside = ("Traceback", "msgspec", "pynamodb", "botocore", "chalice", tables.table_name(""), "Expected `")
    return found + [f"tells {word}" for word in inside if word in answer.text]


def refused(route: Route, requests: Mapping[str, Request], *codes: str) -> dict[str, Answer]:
    """Send them all; every one is refused as it should be, with one of these codes, and nothing is written."""
    with nothing_written():
        got = {case: request.send() for case, request in requests.items()}
    wrong = {case: found for case, answer in got.items() if (found := faults(answer, route))}
    assert wrong == {}
    if codes:
        assert {case: answer.code for case, answer in got.items() if answer.code not in codes} == {}
    return got


@contextlib.contextmanager
def nothing_written() -> Iterator[list[Any]]:
    """Nothing is written in the block but records of refusals, which it gives, and counts of attempts (CRD-7)."""
    records: list[Any] = []
    wire = Wire()
    try:
        yield records
    finally:
        wire.close()
    written = [write for operation, body in wire.done for write in _writes(operation, body)]
    records += [item for item in map(_record, written) if item]
    other = [write for write in written if not _record(write) and not _count(write)]
    assert other == [], other


def _writes(operation: str, body: Any) -> list[Any]:
    """What a request that was done wrote: parameters of each item by themselves."""
    if operation == "TransactWriteItems":
        parts = [next(iter(item.items())) for item in body["TransactItems"]]
        return [parameters for kind, parameters in parts if kind != "ConditionCheck"]
    return [] if operation in ("GetItem", "BatchGetItem", "Query", "Scan") else [body]


def _record(write: Any) -> Any:
    """The record of a refusal, if it is one."""
    item = write.get("Item", {})
    of_journal = write.get("TableName") == tables.table_name(tables.JournalRow.table)
    return item if of_journal and item["result"]["S"] == "refused" else None


def _count(write: Any) -> bool:
    key = write.get("Key") or write.get("Item") or {}
    return str(key.get("pk", {}).get("S")).startswith("THROTTLE#")


def stored() -> Stored:
    """Every item there is, but for counts of attempts: a refused one is counted, which is their purpose (CRD-7)."""
    none: Stored = frozenset()
    return none.union(*(_items(table.table, tuple(pages(table))) for table in tables.TABLES))


@functools.lru_cache(maxsize=16)
def _items(table: str, found: tuple[bytes, ...]) -> Stored:
    """Of tables that stay as they are, this is worked out once."""
    items = [item for page in found for item in json.loads(page)["Items"] if item["cls"]["S"] != "throttle"]
    return frozenset((table, json.dumps(item, sort_keys=True)) for item in items)


def unchanged(before: Stored) -> None:
    """Nothing is written since then but records of refusals."""
    after = stored()
    assert before <= after
    added = [(table, json.loads(item)) for table, item in after - before]
    journal = tables.JournalRow.table
    assert [item for table, item in added if table != journal or item["result"]["S"] != "refused"] == []
