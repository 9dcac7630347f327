"""The demo as it stood once all its events had arrived, kept so that a reset need not make it anew.

Making it takes hundreds of calls and its mails; putting it back takes one for each table and a few for what differs.
"""

import contextlib
import http.client
import json
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from chalicelib.core import config, tables
from local.moto_server import KEEP_PATH, PUT_BACK_PATH

SECONDS = 15 * 60
"""How long a demo is kept: what it tells of today and two hours ago must stay true enough."""
_BATCH = 25  # of DynamoDB
_Item = dict[str, Any]
# No engine on this machine looks at more than who claims to ask.
_CLAIM = "AWS4-HMAC-SHA256 Credential=local/20260302/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0"


class KeptDemo:
    """What the tables held; moto keeps what is beside them. Only while nobody writes."""

    def __init__(self) -> None:
        self._since = time.monotonic()
        with _engine() as engine:
            self._tables = {name: _items(engine, name) for name in _names()}
        ask_moto("POST", KEEP_PATH)

    @property
    def fresh(self) -> bool:
        """Whether it may still be put back."""
        return time.monotonic() - self._since < SECONDS

    def put_back(self) -> None:
        """Make it so again."""
        with _engine() as engine:
            for name, kept in self._tables.items():
                _put_back(engine, name, kept)
        ask_moto("POST", PUT_BACK_PATH)


def ask_moto(method: str, path: str) -> bytes:
    """What moto's server answers to a question beside AWS's own."""
    connection = http.client.HTTPConnection(urlsplit(config.current().ses_endpoint or "").netloc, timeout=30)
    with contextlib.closing(connection):
        connection.request(method, path)
        answer = connection.getresponse()
        body = answer.read()
        assert answer.status == http.client.OK, body
        return body


def _put_back(engine: http.client.HTTPConnection, table: str, kept: dict[str, _Item]) -> None:
    found = _items(engine, table)
    requests = [
        {"DeleteRequest": {"Key": {"pk": item["pk"], "sk": item["sk"]}}}
        for key, item in found.items()
        if key not in kept
    ]
    requests += [{"PutRequest": {"Item": item}} for key, item in kept.items() if found.get(key) != item]
    while requests:
        answer = _call(engine, "BatchWriteItem", {"RequestItems": {table: requests[:_BATCH]}})
        requests[:_BATCH] = answer.get("UnprocessedItems", {}).get(table, [])


def _items(engine: http.client.HTTPConnection, table: str) -> dict[str, _Item]:
    found: dict[str, _Item] = {}
    start: dict[str, Any] = {}
    while True:
        answer = _call(engine, "Scan", {"TableName": table, "ConsistentRead": True, **start})
        for item in answer["Items"]:
            found[json.dumps([item["pk"], item["sk"]])] = item
        if "LastEvaluatedKey" not in answer:
            return found
        start = {"ExclusiveStartKey": answer["LastEvaluatedKey"]}


def _call(engine: http.client.HTTPConnection, operation: str, body: dict[str, Any]) -> dict[str, Any]:
    """One call, its JSON as it goes over the wire: boto3 would read every value twice."""
    headers = {
        "Authorization": _CLAIM,
        "Content-Type": "application/x-amz-json-1.0",
        "X-Amz-Date": "20260302T150000Z",
        "X-Amz-Target": f"DynamoDB_20120810.{operation}",
    }
    engine.request("POST", "/", json.dumps(body), headers)
    answer = engine.getresponse()
    read = answer.read()
    assert answer.status == http.client.OK, read
    found: dict[str, Any] = json.loads(read)
    return found


@contextlib.contextmanager
def _engine() -> Iterator[http.client.HTTPConnection]:
    connection = http.client.HTTPConnection(urlsplit(config.current().dynamodb_endpoint or "").netloc, timeout=30)
    with contextlib.closing(connection):
        yield connection


def _names() -> list[str]:
    return [tables.table_name(table.table) for table in tables.TABLES]
