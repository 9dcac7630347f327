"""The history of a membership (ACC-4): pk `HISTORY#<membership id>`, sk the entry's number. Comments stay verbatim."""

from collections.abc import Iterable
from datetime import datetime

import msgspec
from pynamodb.attributes import JSONAttribute, UnicodeAttribute, UTCDateTimeAttribute

from chalicelib.core import cursors
from chalicelib.core.tables import DirectoryRow, DirectoryRows


class Changed(msgspec.Struct, frozen=True):
    """One field's way from what to what; lists of levels and providers are sorted."""

    field: str
    before: str | list[str] | None
    after: str | list[str] | None


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of a history."""

    number: int
    at: datetime
    author_id: str
    author_name: str
    author_email: str
    changes: list[Changed]
    comment: str = ""


class EntryRow(DirectoryRow, discriminator="history"):
    """Only ever added. The name and address of its author are those of that time."""

    at = UTCDateTimeAttribute()
    author_id = UnicodeAttribute()
    author_name = UnicodeAttribute()
    author_email = UnicodeAttribute()
    changes = JSONAttribute()
    comment = UnicodeAttribute(null=True)


def row(subject: str, entry: Entry) -> EntryRow:
    """The item of an entry in the history of a membership or staff account."""
    return EntryRow(
        f"HISTORY#{subject}",
        f"{entry.number:08d}",
        at=entry.at,
        author_id=entry.author_id,
        author_name=entry.author_name,
        author_email=entry.author_email,
        changes=msgspec.to_builtins(entry.changes),
        comment=entry.comment or None,
    )


def newest_keys(subject: str, number: int, most: int) -> list[tuple[str, str]]:
    """Keys of the last entries of a history whose newest has this number."""
    return [(f"HISTORY#{subject}", f"{each:08d}") for each in range(number, max(number - most, 0), -1)]


def among(rows: DirectoryRows, keys: Iterable[tuple[str, str]]) -> list[Entry]:
    """Entries of rows that were read together, in the order of the keys; unknown ones are left out."""
    found = (rows.get(EntryRow, key) for key in keys)
    return [_entry(row) for row in found if row is not None]


def page(subject: str, cursor: str | None, size: int, scope: tuple[str, ...]) -> cursors.Page[Entry]:
    """A page of a history, the newest entry first."""
    scope = (*scope, "history", subject)
    start = cursors.open_(cursor, scope) if cursor else None
    rows = list(
        EntryRow.query(
            f"HISTORY#{subject}",
            scan_index_forward=False,
            limit=size + 1,
            last_evaluated_key={name: {"S": value} for name, value in start.items()} if start else None,
            consistent_read=True,
        )
    )
    shown = rows[:size]
    following = cursors.seal({"pk": shown[-1].pk, "sk": shown[-1].sk}, scope) if len(rows) > size else None
    return cursors.Page([_entry(found) for found in shown], following)


def _entry(found: EntryRow) -> Entry:
    return Entry(
        number=int(found.sk),
        at=found.at,
        author_id=found.author_id,
        author_name=found.author_name,
        author_email=found.author_email,
        changes=msgspec.convert(found.changes, list[Changed]),
        comment=found.comment or "",
    )
