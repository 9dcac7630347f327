"""Items of broadcasts (MSG-11; docs/data-model.md): what was asked for, and whom it could not be sent to."""

from datetime import datetime

import msgspec
from pynamodb.attributes import UnicodeAttribute

from chalicelib.core import cursors
from chalicelib.core.change import Change
from chalicelib.core.errors import Refusal
from chalicelib.core.tables import AgingRow, ShortLivedRow
from chalicelib.messages.domain import PAGE
from chalicelib.messages.domain.broadcasts import Broadcast
from chalicelib.messages.store import ages


class BroadcastRow(AgingRow, discriminator="broadcast"):
    """pk `BROADCAST#<id>`, sk `BROADCAST`: one JSON document."""

    document = UnicodeAttribute()


class SkippedRow(ShortLivedRow, discriminator="broadcast_skipped"):
    """An organization that a broadcast did not go to: pk `SKIPPED#<work id>`, sk its place. Kept with the work."""

    tin = UnicodeAttribute()
    code = UnicodeAttribute()


class Skipped(msgspec.Struct, frozen=True):
    """An organization that a broadcast did not go to, and why."""

    row: int
    """Its place among those that were named, from 1."""
    tin: str
    code: str


def row(broadcast: Broadcast, at: datetime) -> BroadcastRow:
    """The item of a broadcast. `at`: from when on the years count for which it is kept."""
    return BroadcastRow(
        f"BROADCAST#{broadcast.id}",
        "BROADCAST",
        document=msgspec.json.encode(broadcast).decode(),
        age=ages.age(at, broadcast.id),
        aged_at=ages.aged_at(at, broadcast.id),
    )


def broadcast(id_: str) -> Broadcast:
    """One broadcast. Raises BroadcastRow.DoesNotExist."""
    found = BroadcastRow.get(f"BROADCAST#{id_}", "BROADCAST", consistent_read=True)
    return msgspec.json.decode(found.document, type=Broadcast)


def kept(pk: str) -> tuple[Broadcast, str] | None:
    """The broadcast with a key, and its document as it is stored; None when there is none."""
    try:
        found = BroadcastRow.get(pk, "BROADCAST", consistent_read=True)
    except BroadcastRow.DoesNotExist:
        return None
    return msgspec.json.decode(found.document, type=Broadcast), found.document


def remove(change: Change, broadcast: Broadcast, error: Refusal) -> None:
    """Plan that a broadcast goes (MSG-10); `error` when it is gone."""
    change.delete(BroadcastRow(f"BROADCAST#{broadcast.id}", "BROADCAST"), BroadcastRow.pk.exists(), error)


def skipped_row(work_id: str, skipped: Skipped, expires_at: datetime) -> SkippedRow:
    """The item of an organization that was left out."""
    return SkippedRow(
        f"SKIPPED#{work_id}", f"{skipped.row:06}", tin=skipped.tin, code=skipped.code, expires_at=expires_at
    )


def skipped_page(work_id: str, cursor: str | None, scope: tuple[str, ...]) -> cursors.Page[Skipped]:
    """A page of them in the order in which they were named: one query that reads a row more than it gives."""
    scope = (*scope, "skipped", work_id)
    start = cursors.open_(cursor, scope) if cursor else None
    rows = list(
        SkippedRow.query(
            f"SKIPPED#{work_id}",
            limit=PAGE + 1,
            page_size=PAGE + 1,
            last_evaluated_key={name: {"S": value} for name, value in start.items()} if start else None,
        )
    )
    more = len(rows) > PAGE
    last = {"pk": rows[PAGE - 1].pk, "sk": rows[PAGE - 1].sk} if more else None
    found = [Skipped(int(each.sk), each.tin, each.code) for each in rows[:PAGE]]
    return cursors.Page(found, cursors.seal(last, scope) if last else None)
