"""Boxes by received, party, subject, importance or attachment, both ways, with search (MSG-3).

A page without search reads as many rows as it shows and one more. A search has DynamoDB look while it reads on, a
bounded number of rows for each page: what is not full by then comes short, and the reader may go on from there
(docs/adr/0007-lists-along-indexes.md has why, docs/data-model.md the figures).
"""

from datetime import datetime
from typing import Any, Literal

import msgspec
from pynamodb.expressions.condition import Condition

from chalicelib.core import cursors, ids
from chalicelib.core.tables import FiledRow
from chalicelib.core.writing import folded
from chalicelib.messages.domain import PAGE, Box, Entry
from chalicelib.messages.store.boxes import EntryRow, entry_from_row

Sort = Literal["received", "party", "subject", "importance", "attachment"]

# What is common is found in the first look, what is rare in few: rows of the first one, of the largest, and how many.
# A row has some 600 bytes, so that a request reads 4 MB at most.
_FIRST_LOOK = 100
_LARGEST_LOOK = 1_600
_LOOKS = 6


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """Which rows of a box, in which order."""

    box: Box
    sort: Sort = "received"
    descending: bool = True
    search: str = ""


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """A page of a box."""

    items: list[Entry]
    next_cursor: str | None = None
    searched_until: datetime | None = None
    """Of a search by received that was left off: when the last message it looked at came."""


def page(reader_id: str, mailbox_id: str, wanted: Wanted, cursor: str | None) -> Found:
    """A page of a box; its cursor is good for this reader and this list only."""
    scope = ("box", reader_id, mailbox_id, *map(str, msgspec.structs.astuple(wanted)))
    rows: Any = _source(wanted.sort).query(
        f"BOX#{mailbox_id}#{wanted.box}",
        filter_condition=_sought(wanted.search),
        scan_index_forward=not wanted.descending,
        last_evaluated_key=_start(cursor, scope),
        page_size=_FIRST_LOOK if folded(wanted.search) else PAGE + 1,
    )
    found: list[Entry] = []
    last: dict[str, str] = {}
    for look, answer in enumerate(rows.page_iter, 1):
        for item in answer["Items"]:
            if len(found) == PAGE:
                return Found(items=found, next_cursor=cursors.seal(last, scope))
            found.append(entry_from_row(EntryRow.from_raw_data(item)))
            last = _key(item, wanted.sort)
        left_off = answer.get("LastEvaluatedKey")
        if left_off and look == _LOOKS:
            last = _key(left_off, wanted.sort)
            until = ids.time_of(last["sk"]) if wanted.sort == "received" else None
            return Found(items=found, next_cursor=cursors.seal(last, scope), searched_until=until)
        rows.page_iter.page_size = min(4 * rows.page_iter.page_size, _LARGEST_LOOK)
    return Found(items=found)


def _source(sort: Sort) -> Any:
    """The table itself is in the order of arrival."""
    return EntryRow if sort == "received" else getattr(FiledRow, f"by_{sort}")


def _sought(search: str) -> Condition | None:
    term = folded(search)
    condition: Condition | None = EntryRow.sought.contains(term) if term else None
    return condition


def _key(item: dict[str, dict[str, str]], sort: Sort) -> dict[str, str]:
    names = ("pk", "sk") if sort == "received" else ("pk", "sk", f"sort_{sort}")
    return {name: item[name]["S"] for name in names}


def _start(cursor: str | None, scope: tuple[str, ...]) -> dict[str, dict[str, str]] | None:
    if not cursor:
        return None
    return {name: {"S": value} for name, value in cursors.open_(cursor, scope).items()}
