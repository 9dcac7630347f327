"""Legal holds in the directory table: one item each, and one of all that is held (docs/data-model.md)."""

from datetime import datetime

import msgspec
from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.expressions.condition import Condition

from chalicelib.core import cursors
from chalicelib.core.change import Change
from chalicelib.core.errors import Refusal, Stale
from chalicelib.core.tables import DirectoryRow
from chalicelib.retention.domain.holds import Hold, Holds

PAGE = 25
_HOLDS = ("PLAN", "HOLDS")
_VERSION = ("PLAN", "HOLDS_VERSION")


class HoldRow(DirectoryRow, discriminator="legal_hold"):
    """pk `LEGAL_HOLDS`, sk `<hold id>`, in order of asking; they stay when they have ended."""

    document = UnicodeAttribute()
    version = NumberAttribute()


class HoldsRow(DirectoryRow, discriminator="legal_holds"):
    """All that is held: pk `PLAN`, sk `HOLDS`."""

    document = UnicodeAttribute()


class HoldsVersionRow(DirectoryRow, discriminator="legal_holds_version"):
    """Its version by itself, for conditions: pk `PLAN`, sk `HOLDS_VERSION`."""

    version = NumberAttribute()


def holds() -> Holds:
    """All that is held, read strongly."""
    try:
        found = HoldsRow.get(*_HOLDS, consistent_read=True)
    except HoldsRow.DoesNotExist:
        return Holds()
    return msgspec.json.decode(found.document, type=Holds)


def require(change: Change, read: Holds, error: Refusal) -> None:
    """Require that nothing was held or lifted since `read`. Otherwise the commit fails with `error`."""
    change.check(HoldsVersionRow(*_VERSION), _same(read), error)


def replace_all(change: Change, before: Holds, after: Holds, error: Refusal) -> None:
    """Plan all that is held from now on; `error` when somebody was faster."""
    change.put(HoldsVersionRow(*_VERSION, version=after.version), _same(before), error)
    change.put(HoldsRow(*_HOLDS, document=msgspec.json.encode(after).decode()))


def create(change: Change, hold: Hold) -> None:
    """Plan a hold that is asked for."""
    change.create(_row(hold))


def replace(change: Change, before: Hold, after: Hold) -> None:
    """Plan a hold after a move; any other version there is Stale."""
    change.put(_row(after), HoldRow.version == before.version, Stale())


def hold(hold_id: str) -> Hold | None:
    """One hold; None when there is none."""
    try:
        return _hold(HoldRow.get("LEGAL_HOLDS", hold_id, consistent_read=True))
    except HoldRow.DoesNotExist:
        return None


def waiting(most: int) -> tuple[list[Hold], bool]:
    """The first holds that wait for a second person, the one that was asked for first before the others; and more."""
    ids = sorted(holds().waiting)
    keys = [("LEGAL_HOLDS", id_) for id_ in ids[:most]]
    found = (_hold(row) for row in HoldRow.batch_get(keys, consistent_read=True)) if keys else ()
    return sorted(found, key=lambda one: one.id), len(ids) > most


def page(reader_id: str, cursor: str | None) -> cursors.Page[Hold]:
    """A page of all holds, asked for last first: one query that reads a row more than it shows."""
    scope = ("legal_holds", reader_id)
    start = cursors.open_(cursor, scope) if cursor else None
    rows = HoldRow.query(
        "LEGAL_HOLDS",
        scan_index_forward=False,
        consistent_read=True,
        limit=PAGE + 1,
        page_size=PAGE + 1,
        last_evaluated_key={part: {"S": value} for part, value in start.items()} if start else None,
    )
    found = [_hold(row) for row in rows]
    if len(found) <= PAGE:
        return cursors.Page(found)
    return cursors.Page(found[:PAGE], cursors.seal({"pk": "LEGAL_HOLDS", "sk": found[PAGE - 1].id}, scope))


def settled(read: Holds, subject: str, since: datetime) -> Holds:
    """All that is held once what the hold on a subject kept that was lifted at `since` was looked at again."""
    left = {key: at for key, at in read.lifted.items() if (key, at) != (subject, since)}
    return msgspec.structs.replace(read, lifted=left, version=read.version + 1)


def _same(read: Holds) -> Condition:
    version = HoldsVersionRow.version
    condition: Condition = version == read.version if read.version else version.does_not_exist()
    return condition


def _row(one: Hold) -> HoldRow:
    return HoldRow("LEGAL_HOLDS", one.id, document=msgspec.json.encode(one).decode(), version=one.version)


def _hold(row: HoldRow) -> Hold:
    return msgspec.json.decode(row.document, type=Hold)
