"""What is stored, read around the portal: whole tables, for tests that look for what should not be there."""

import json
from typing import Any

from chalicelib.core import tables
from chalicelib.core.journal import RecordRow

Item = dict[str, Any]


def items(table: type[tables.Row]) -> list[Item]:
    """Every item of a table as DynamoDB has it, by key."""
    client = tables.connection().client
    pages = client.get_paginator("scan").paginate(TableName=tables.table_name(table.table), ConsistentRead=True)
    found = [item for page in pages for item in page["Items"]]
    return _by_key(found)


def unread(table: type[tables.Row]) -> list[Item]:
    """Every item of a table as it came over the wire, in no order: bytes are still base64."""
    return [item for page in pages(table) for item in json.loads(page)["Items"]]


def pages(table: type[tables.Row]) -> list[bytes]:
    """The answers to a scan of a table, as they came over the wire.

    Only for comparing; botocore takes most of its time for reading what it got, and this goes around it.
    """
    client, kept = tables.connection().client, [b""]
    found: list[bytes] = []

    def keep(response_dict: dict[str, Any], **_: object) -> None:
        kept[0], response_dict["body"] = response_dict["body"], b"{}"

    client.meta.events.register("before-parse.dynamodb.Scan", keep)
    try:
        start: Item | None = {}
        while start is not None:
            further = {"ExclusiveStartKey": start} if start else {}
            client.scan(TableName=tables.table_name(table.table), ConsistentRead=True, **further)
            found.append(kept[0])
            start = json.loads(kept[0]).get("LastEvaluatedKey") if b'"LastEvaluatedKey"' in kept[0] else None
    finally:
        client.meta.events.unregister("before-parse.dynamodb.Scan", keep)
    return found


def _by_key(found: list[Item]) -> list[Item]:
    return sorted(found, key=lambda item: (item["pk"]["S"], item["sk"]["S"]))


def everything() -> dict[str, list[Item]]:
    """Every item of every table."""
    return {table.table: items(table) for table in tables.TABLES}


def dump() -> str:
    """All tables as one text, for looking for something in it."""
    return json.dumps(everything(), default=repr, ensure_ascii=False)


_COUNTS = ("throttle", "mails", "operation")
"""Of attempts, of mails to an address or by somebody, and of what was asked: by itself none of them is a change."""


def business() -> str:
    """All that is stored but for the journal and what looking alone writes.

    That is when a session was last used, counted attempts, when a message was opened first (MSG-5), and when an
    access level was last used (REV-3).
    """
    found = {table.table: _by_key(unread(table)) for table in tables.TABLES if table is not tables.JournalRow}
    short = tables.ShortLivedRow.table
    found[short] = [item for item in found[short] if item["cls"]["S"] not in _COUNTS]
    for item in found[tables.ShortLivedRow.table]:
        item.pop("last_seen", None)
    for item in found[tables.MailRow.table]:
        item.pop("read_at", None)
    directory = tables.DirectoryRow.table
    found[directory] = [item for item in found[directory] if item["cls"]["S"] != "level_use"]
    return json.dumps(found, default=repr, sort_keys=True)


def records(*actions: str) -> list[RecordRow]:
    """Audit records in the order they were written; of these actions, when some are named."""
    kept = [item for item in items(tables.JournalRow) if item["cls"]["S"] == "record"]
    found = [RecordRow.from_raw_data(item) for item in kept]
    return sorted((record for record in found if not actions or record.action in actions), key=lambda record: record.sk)


def outbox() -> list[Item]:
    """The events that have left, oldest first."""
    return [item for item in items(tables.ShortLivedRow) if item["pk"]["S"].startswith("OUTBOX#")]
