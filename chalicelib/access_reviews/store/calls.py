"""Calls of the plan for reviews (docs/data-model.md)."""

import msgspec
from pynamodb.attributes import UnicodeAttribute

from chalicelib.access_reviews.domain.calls import Call
from chalicelib.core import cursors
from chalicelib.core.change import Change
from chalicelib.core.cursors import Page
from chalicelib.core.tables import DirectoryRow

PAGE = 25
_CALLS = "REVIEW_CALLS"


class CallRow(DirectoryRow, discriminator="review_call"):
    """pk `REVIEW_CALLS`, sk `<call id>`, in order of calling. Only ever added."""

    document = UnicodeAttribute()


def create(change: Change, call: Call) -> None:
    """Plan a call."""
    change.create(CallRow(_CALLS, call.id, document=msgspec.json.encode(call).decode()))


def call(call_id: str) -> Call:
    """One call. Raises CallRow.DoesNotExist."""
    return _call(CallRow.get(_CALLS, call_id, consistent_read=True))


def page(cursor: str | None, scope: tuple[str, ...]) -> Page[Call]:
    """A page of calls, the newest first: one query that reads a row more than it gives."""
    start = cursors.open_(cursor, scope) if cursor else None
    rows = list(
        CallRow.query(
            _CALLS,
            scan_index_forward=False,
            limit=PAGE + 1,
            consistent_read=True,
            last_evaluated_key={name: {"S": value} for name, value in start.items()} if start else None,
        )
    )
    following = cursors.seal({"pk": _CALLS, "sk": rows[PAGE - 1].sk}, scope) if len(rows) > PAGE else None
    return Page([_call(row) for row in rows[:PAGE]], following)


def _call(row: CallRow) -> Call:
    return msgspec.json.decode(row.document, type=Call)
