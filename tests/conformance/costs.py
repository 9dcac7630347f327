"""What the storage suite costs on AWS: the requests it makes, counted, times the price list."""

import contextlib
import json
import math
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, Literal

import botocore.handlers

Unit = Literal["write unit", "read unit", "stream read", "file write", "file read", "queue request"]

PRICED = "us-east-1, on demand, list prices as of July 2025"
DOLLARS: Mapping[Unit, float] = {
    "write unit": 0.625 / 1_000_000,
    "read unit": 0.125 / 1_000_000,
    "stream read": 0.02 / 100_000,
    "file write": 0.005 / 1_000,
    "file read": 0.0004 / 1_000,
    "queue request": 0.40 / 1_000_000,
}
RESERVE = 3
"""AWS is asked more often than an engine here: its streams, indexes and queues take a moment to answer."""

_READ_MOST = 256
"""A strong read of a whole megabyte, the most that one query gives."""
_ITEM_MOST = 100
"""A strong read of the largest item."""
_FREE = {
    "dynamodb": {"CreateTable", "DeleteTable", "DescribeTable", "DescribeTimeToLive", "ListTables", "UpdateTimeToLive"},
    "dynamodbstreams": {"DescribeStream", "GetShardIterator"},
    "s3": {"DeleteBucket", "DeleteObjects"},
}
_FILE_READS = {"GetObject", "HeadObject"}

Params = Mapping[str, Any]


class UnknownPrice(Exception):
    """The suite asks AWS something that this module does not know: teach it."""


def price(service: str, operation: str, params: Params) -> tuple[Unit, int] | None:
    """What one request is charged as, at most; None when it is free. Raises UnknownPrice."""
    if operation in _FREE.get(service, ()):
        return None
    if service == "dynamodbstreams" and operation == "GetRecords":
        return "stream read", 1
    if service == "s3":
        # A form for an upload is signed as if a bucket were made, and what is sent with it costs the same.
        return ("file read" if operation in _FILE_READS else "file write"), 1
    if service == "sqs":
        return "queue request", 1
    if service == "dynamodb":
        return _dynamodb(operation, params)
    raise UnknownPrice(f"{service} {operation}")


def _dynamodb(operation: str, params: Params) -> tuple[Unit, int]:
    if operation in ("Query", "Scan"):
        return "read unit", _READ_MOST
    if operation == "GetItem":
        return "read unit", _ITEM_MOST
    if operation == "BatchGetItem":
        return "read unit", sum(len(asked["Keys"]) for asked in params["RequestItems"].values())
    if operation in ("PutItem", "UpdateItem", "DeleteItem"):
        return "write unit", _kilobytes(params)
    if operation == "BatchWriteItem":
        return "write unit", sum(_kilobytes(one) for written in params["RequestItems"].values() for one in written)
    if operation == "TransactWriteItems":
        return "write unit", sum(2 * _kilobytes(action) for action in params["TransactItems"])
    raise UnknownPrice(f"dynamodb {operation}")


def _kilobytes(written: Params) -> int:
    # Twice, for the index that an item may be in as well.
    return 2 * math.ceil(len(json.dumps(written, default=str)) / 1_000)


@contextlib.contextmanager
def counted() -> Iterator[Counter[Unit]]:
    """Count what all clients that are made in the block ask for."""
    total: Counter[Unit] = Counter()

    def hear(params: Params, model: Any, **_: Any) -> None:
        found = price(model.service_model.service_name, model.name, params)
        if found is not None:
            total[found[0]] += found[1]

    heard = ("before-parameter-build", hear)
    botocore.handlers.BUILTIN_HANDLERS.append(heard)
    try:
        yield total
    finally:
        botocore.handlers.BUILTIN_HANDLERS.remove(heard)


def dollars(total: Mapping[Unit, int]) -> float:
    """What so many units cost, with the reserve."""
    return RESERVE * sum(DOLLARS[unit] * number for unit, number in total.items())
