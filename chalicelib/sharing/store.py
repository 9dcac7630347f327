"""Notes to people and marks for their administrators, in the short-lived table (ACC-10, S-SHARE-03).

A note: pk `SHARING#<user id>`, sk `NOTE`. A mark: pk `ORG#<organization id>`, sk `SHARING#<membership id>`.
"""

from collections.abc import Iterable
from datetime import datetime

import msgspec
from pynamodb.attributes import JSONAttribute, UTCDateTimeAttribute
from pynamodb.expressions.condition import Condition

from chalicelib.core.tables import ShortLivedRow
from chalicelib.sharing.domain import Signal
from chalicelib.sharing.domain.notes import Mark, Note, Raised

_MARK = "SHARING#"


class NoteRow(ShortLivedRow, discriminator="sharing_note"):
    """That a person was told. `ends_at` is what counts."""

    noticed_at = UTCDateTimeAttribute()
    raised_at = UTCDateTimeAttribute(null=True)
    places = JSONAttribute(null=True)
    signal = JSONAttribute()
    ends_at = UTCDateTimeAttribute()


class MarkRow(ShortLivedRow, discriminator="sharing_mark"):
    """That administrators were told of a member. `ends_at` is what counts."""

    since = UTCDateTimeAttribute()
    signal = JSONAttribute()
    ends_at = UTCDateTimeAttribute()


def note_key(user_id: str) -> tuple[str, str]:
    """Key of a person's note."""
    return f"SHARING#{user_id}", "NOTE"


def note_row(note_: Note) -> NoteRow:
    """The item of a note."""
    return NoteRow(
        *note_key(note_.user_id),
        noticed_at=note_.noticed_at,
        raised_at=note_.raised_at,
        places=msgspec.to_builtins(note_.places) or None,
        signal=msgspec.to_builtins(note_.signal),
        ends_at=note_.ends_at,
        expires_at=note_.ends_at,
    )


def note(user_id: str, now: datetime) -> Note | None:
    """What a person was told, as long as it counts."""
    try:
        row = NoteRow.get(*note_key(user_id), consistent_read=True)
    except NoteRow.DoesNotExist:
        return None
    if row.ends_at <= now:
        return None
    return Note(
        user_id=user_id,
        noticed_at=row.noticed_at,
        raised_at=row.raised_at,
        places=msgspec.convert(row.places or (), tuple[Raised, ...]),
        signal=msgspec.convert(row.signal, Signal),
        ends_at=row.ends_at,
    )


def unchanged(before: Note | None, now: datetime) -> Condition:
    """Condition on a note's item: as it was read at `now`."""
    condition: Condition
    if before is None:
        condition = NoteRow.pk.does_not_exist() | (NoteRow.ends_at <= now)
    else:
        condition = (NoteRow.noticed_at == before.noticed_at) & (NoteRow.ends_at == before.ends_at)
    return condition


def mark_key(organization_id: str, membership_id: str) -> tuple[str, str]:
    """Key of the mark of a member."""
    return f"ORG#{organization_id}", f"{_MARK}{membership_id}"


def mark_row(mark: Mark) -> MarkRow:
    """The item of a mark."""
    return MarkRow(
        *mark_key(mark.organization_id, mark.membership_id),
        since=mark.since,
        signal=msgspec.to_builtins(mark.signal),
        ends_at=mark.ends_at,
        expires_at=mark.ends_at,
    )


def marked(organization_id: str, membership_ids: Iterable[str], now: datetime) -> dict[str, Signal]:
    """What is known of members that are marked at `now`, by membership id: one batch for each hundred."""
    keys = [mark_key(organization_id, id_) for id_ in dict.fromkeys(membership_ids)]
    found = (row for row in ShortLivedRow.batch_get(keys, consistent_read=True) if isinstance(row, MarkRow))
    marks = (_mark(row) for row in found)
    return {mark.membership_id: mark.signal for mark in marks if mark.ends_at > now}


def marks(organization_id: str, most: int, now: datetime) -> tuple[list[Mark], bool]:
    """The first marks of a practice that count at `now`; whether there are more. One query."""
    in_list = MarkRow.sk.startswith(_MARK)
    rows = list(MarkRow.query(f"ORG#{organization_id}", in_list, limit=most + 1, consistent_read=True))
    found = [_mark(row) for row in rows[:most]]
    return [mark for mark in found if mark.ends_at > now], len(rows) > most


def _mark(row: MarkRow) -> Mark:
    return Mark(
        organization_id=row.pk.removeprefix("ORG#"),
        membership_id=row.sk.removeprefix(_MARK),
        since=row.since,
        signal=msgspec.convert(row.signal, Signal),
        ends_at=row.ends_at,
    )
