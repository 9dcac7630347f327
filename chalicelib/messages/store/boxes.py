"""Rows of boxes and the counts of unread messages (MSG-3, MSG-4; docs/data-model.md)."""

from collections.abc import Iterable

from pynamodb.attributes import BooleanAttribute, NumberAttribute, UnicodeAttribute, UTCDateTimeAttribute
from pynamodb.expressions.update import Action

from chalicelib.core import cursors
from chalicelib.core.change import Change
from chalicelib.core.tables import FiledRow, MailRow
from chalicelib.core.writing import folded, sort_key
from chalicelib.messages.domain import PAGE, Box, Entry, counts


class EntryRow(FiledRow, discriminator="entry"):
    """pk `BOX#<mailbox id>#<box>`, sk `<message id>`: in order of arrival by key, in the other orders along indexes."""

    thread_id = UnicodeAttribute()
    subject = UnicodeAttribute()
    party = UnicodeAttribute()
    urgent = BooleanAttribute()
    has_attachments = BooleanAttribute()
    received_at = UTCDateTimeAttribute()
    unread = BooleanAttribute()
    sought = UnicodeAttribute(null=True)
    """Party and subject as a search looks at them."""


class CounterRow(MailRow, discriminator="counter"):
    """Unread messages of a mailbox: pk `BOX#<mailbox id>`, sk `COUNTER`. No version: parallel changes add up."""

    unread = NumberAttribute()


def _entry_key(mailbox_id: str, box: Box, message_id: str) -> tuple[str, str]:
    return f"BOX#{mailbox_id}#{box}", message_id


def _received_keys(mailbox_id: str, message_id: str) -> tuple[tuple[str, str], tuple[str, str]]:
    return _entry_key(mailbox_id, "inbox", message_id), _entry_key(mailbox_id, "archived", message_id)


def entry_row(entry: Entry) -> EntryRow:
    """The item of a box row."""
    return EntryRow(
        *_entry_key(entry.mailbox_id, entry.box, entry.message_id),
        thread_id=entry.thread_id,
        subject=entry.subject,
        party=entry.party,
        urgent=entry.urgent,
        has_attachments=entry.has_attachments,
        received_at=entry.received_at,
        unread=entry.unread,
        sought=f"{folded(entry.party)}\n{folded(entry.subject)}",
        sort_party=f"{sort_key(entry.party)}#{entry.message_id}",
        sort_subject=f"{sort_key(entry.subject)}#{entry.message_id}",
        sort_importance=f"{entry.urgent:d}#{entry.message_id}",
        sort_attachment=f"{entry.has_attachments:d}#{entry.message_id}",
    )


def _entry(row: EntryRow) -> Entry:
    mailbox_id, box = row.pk.removeprefix("BOX#").rsplit("#", 1)
    return Entry(
        mailbox_id=mailbox_id,
        box=box,  # type: ignore[arg-type]  # written from the same Literal
        message_id=row.sk,
        thread_id=row.thread_id,
        subject=row.subject,
        party=row.party,
        urgent=row.urgent,
        has_attachments=row.has_attachments,
        received_at=row.received_at,
        unread=row.unread,
    )


def box_page(reader_id: str, mailbox_id: str, box: Box, cursor: str | None) -> cursors.Page[Entry]:
    """One page of a box, newest first: one query that reads a row more than it shows."""
    scope = ("box", reader_id, mailbox_id, box)
    pk = f"BOX#{mailbox_id}#{box}"
    rows = EntryRow.query(
        pk, scan_index_forward=False, limit=PAGE + 1, page_size=PAGE + 1, last_evaluated_key=_start(cursor, scope)
    )
    found = [_entry(row) for row in rows]
    if len(found) <= PAGE:
        return cursors.Page(found)
    return cursors.Page(found[:PAGE], cursors.seal({"pk": pk, "sk": found[PAGE - 1].message_id}, scope))


def _start(cursor: str | None, scope: tuple[str, ...]) -> dict[str, dict[str, str]] | None:
    if not cursor:
        return None
    return {name: {"S": value} for name, value in cursors.open_(cursor, scope).items()}


def received_entries(mailbox_id: str, message_ids: Iterable[str]) -> dict[str, Entry]:
    """The rows of messages in a mailbox's inbox or archive, by message id; at most 50 messages."""
    keys = [key for id_ in message_ids for key in _received_keys(mailbox_id, id_)]
    if not keys:
        return {}
    found = (_entry(row) for row in EntryRow.batch_get(keys, consistent_read=True))
    return {entry.message_id: entry for entry in found}


def unread_counts(mailbox_ids: Iterable[str]) -> dict[str, int]:
    """Unread messages by mailbox; a mailbox that never had any is left out."""
    keys = [(f"BOX#{id_}", "COUNTER") for id_ in mailbox_ids]
    if not keys:
        return {}
    found = CounterRow.batch_get(keys, consistent_read=True)
    return {row.pk.removeprefix("BOX#"): int(row.unread) for row in found}


def add_entry(change: Change, entry: Entry) -> None:
    """Plan a new row and, where it counts, one more on its mailbox's badge (MSG-4)."""
    change.create(entry_row(entry))
    if counts(entry):
        _count(change, entry.mailbox_id, 1)


def replace_entry(change: Change, before: Entry, after: Entry) -> None:
    """Plan that a row becomes another: read or unread, or moved to another box; the badge follows.

    Fails with Conflict when the row is no longer as `before` says.
    """
    unchanged = EntryRow.unread == before.unread
    if before.box == after.box:
        change.update(entry_row(before), [EntryRow.unread.set(after.unread)], EntryRow.pk.exists() & unchanged)
    else:
        change.delete(entry_row(before), unchanged)
        change.create(entry_row(after))
    difference = counts(after) - counts(before)
    if difference:
        _count(change, after.mailbox_id, difference)


def _count(change: Change, mailbox_id: str, difference: int) -> None:
    actions: list[Action] = [CounterRow.unread.add(difference)]
    change.count(CounterRow(f"BOX#{mailbox_id}", "COUNTER"), actions)
