"""Tables that outlive a test: before each one they are put back to what they held, at a few calls for all four.

Making them anew, and a world in them, takes thirty calls and more.
"""

import contextlib
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from chalicelib.core import clock, tables
from tests import real_engine, stored

Keys = tuple[str, str]
_BATCH = 25  # of DynamoDB
_MANY = 500
"""So many items more, and a new table costs less than deleting them."""


class Contents(msgspec.Struct, frozen=True):
    """What one table holds: the items as they are written, and as they come over the wire, for comparing."""

    items: Mapping[Keys, stored.Item] = {}
    unread: Mapping[Keys, stored.Item] = {}


Kept = Mapping[str, Contents]
"""Contents by short names of tables; a table that is not named is empty."""
EMPTY: Kept = {}

_made: set[tuple[str, str]] = set()


@contextlib.contextmanager
def holding(endpoint: str, prefix: str, kept: Kept) -> Iterator[None]:
    """Tables with these names and contents, for the portal to work on until the block ends."""
    with real_engine.leading_to(endpoint, prefix):
        if (endpoint, prefix) not in _made:
            real_engine.make_tables()
            _made.add((endpoint, prefix))
        for table in tables.TABLES:
            _put_back(table, kept.get(table.table, Contents()))
        yield
    clock.set_source(None)


def contents() -> Kept:
    """What the tables hold now."""
    return {table.table: Contents(_by_key(stored.items(table)), _unread(table)) for table in tables.TABLES}


def _put_back(table: type[tables.Row], kept: Contents) -> None:
    found = _unread(table)
    if len(found) > len(kept.items) + _MANY:
        table.delete_table()
        table.create_table(billing_mode="PAY_PER_REQUEST")
        found = {}
    requests: list[dict[str, Any]] = [
        {"DeleteRequest": {"Key": {"pk": {"S": pk}, "sk": {"S": sk}}}} for pk, sk in found.keys() - kept.items.keys()
    ]
    for key, item in kept.items.items():
        if found.get(key) != kept.unread[key]:
            requests.append({"PutRequest": {"Item": item}})
    name, client = tables.table_name(table.table), tables.connection().client
    for first in range(0, len(requests), _BATCH):
        answer = client.batch_write_item(RequestItems={name: requests[first : first + _BATCH]})
        assert not answer.get("UnprocessedItems")


def _by_key(items: list[stored.Item]) -> dict[Keys, stored.Item]:
    return {(item["pk"]["S"], item["sk"]["S"]): item for item in items}


def _unread(table: type[tables.Row]) -> dict[Keys, stored.Item]:
    return _by_key(stored.unread(table))
