"""Rows of boxes; the counts of unread messages go along with them (MSG-3, MSG-4; docs/data-model.md)."""

from collections import Counter
from collections.abc import Iterable

import msgspec
from pynamodb.attributes import BooleanAttribute, UnicodeAttribute, UTCDateTimeAttribute
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from chalicelib.core.change import Change
from chalicelib.core.errors import Refusal
from chalicelib.core.tables import FiledRow
from chalicelib.core.writing import folded, sort_key
from chalicelib.messages.domain import Box, Entry, Party, counts
from chalicelib.messages.store import counters


class EntryRow(FiledRow, discriminator="entry"):
    """pk `BOX#<mailbox id>#<box>`, sk `<message id>`: in order of arrival by key, in the other orders along indexes."""

    thread_id = UnicodeAttribute()
    subject = UnicodeAttribute()
    party = UnicodeAttribute()
    urgent = BooleanAttribute()
    has_attachments = BooleanAttribute()
    received_at = UTCDateTimeAttribute()
    unread = BooleanAttribute()
    status = UnicodeAttribute(null=True)
    read_at = UTCDateTimeAttribute(null=True)
    sought = UnicodeAttribute(null=True)
    """Party and subject as a search looks at them."""
    groups = UnicodeAttribute(null=True)
    """The groups among the parties, as JSON."""


def entry_key(mailbox_id: str, box: Box, message_id: str) -> tuple[str, str]:
    """Key of a row of a box."""
    return f"BOX#{mailbox_id}#{box}", message_id


def received_keys(mailbox_id: str, message_id: str) -> tuple[tuple[str, str], tuple[str, str]]:
    """Keys of the row of a received message, of which it has one."""
    return entry_key(mailbox_id, "inbox", message_id), entry_key(mailbox_id, "archived", message_id)


def entry_row(entry: Entry) -> EntryRow:
    """The item of a box row."""
    return EntryRow(
        *entry_key(entry.mailbox_id, entry.box, entry.message_id),
        thread_id=entry.thread_id,
        subject=entry.subject,
        party=entry.party,
        urgent=entry.urgent,
        has_attachments=entry.has_attachments,
        received_at=entry.received_at,
        unread=entry.unread,
        status=entry.status,
        read_at=entry.read_at,
        groups=msgspec.json.encode(entry.groups).decode() if entry.groups else None,
        # A line break is in no name, subject or term, and sorts before all that is.
        sought=f"{folded(entry.party)}\n{folded(entry.subject)}",
        sort_party=f"{sort_key(entry.party)}\n{entry.message_id}",
        sort_subject=f"{sort_key(entry.subject)}\n{entry.message_id}",
        sort_importance=f"{entry.urgent:d}#{entry.message_id}",
        sort_attachment=f"{entry.has_attachments:d}#{entry.message_id}",
    )


def entry_from_row(row: EntryRow) -> Entry:
    """The row of a box that an item holds."""
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
        status=row.status,  # type: ignore[arg-type]  # written from the same Literal
        read_at=row.read_at,
        groups=msgspec.json.decode(row.groups, type=tuple[Party, ...]) if row.groups else (),
    )


def received_entries(mailbox_id: str, message_ids: Iterable[str]) -> dict[str, Entry]:
    """The rows of messages in a mailbox's inbox or archive, by message id; at most 50 messages."""
    keys = [key for id_ in message_ids for key in received_keys(mailbox_id, id_)]
    if not keys:
        return {}
    found = (entry_from_row(row) for row in EntryRow.batch_get(keys, consistent_read=True))
    return {entry.message_id: entry for entry in found}


def entries_of(message_id: str, mailbox_ids: Iterable[str]) -> list[Entry]:
    """The rows of one message in the inboxes or archives of these mailboxes; some may have none."""
    keys = [key for id_ in mailbox_ids for key in received_keys(id_, message_id)]
    return [entry_from_row(row) for row in EntryRow.batch_get(keys, consistent_read=True)] if keys else []


def entry(mailbox_id: str, box: Box, message_id: str) -> Entry | None:
    """One row of a box; None when there is none."""
    rows = EntryRow.batch_get([entry_key(mailbox_id, box, message_id)], consistent_read=True)
    return next(map(entry_from_row, rows), None)


def add_entry(change: Change, entry: Entry) -> None:
    """Plan a new row and, where it counts, one more on its mailbox's badge (MSG-4)."""
    change.create(entry_row(entry))
    if counts(entry):
        counters.count(change, entry.mailbox_id, 1)


def replace_entry(change: Change, before: Entry, after: Entry) -> None:
    """As `replace_entries`, for one."""
    replace_entries(change, [(before, after)])


def replace_entries(change: Change, pairs: Iterable[tuple[Entry, Entry]], error: Refusal | None = None) -> None:
    """Plan that rows become others: read or unread, marked, or moved to another box; the badges follow.

    The commit fails with `error`, or Conflict, when a row is no longer as its `before` says.
    """
    differences: Counter[str] = Counter()
    for before, after in pairs:
        if before.box == after.box:
            change.update(entry_row(before), _steps(after), EntryRow.pk.exists() & _unchanged(before), error)
        else:
            change.delete(entry_row(before), _unchanged(before), error)
            change.create(entry_row(after))
        differences[after.mailbox_id] += counts(after) - counts(before)
    for mailbox_id, difference in differences.items():
        if difference:
            counters.count(change, mailbox_id, difference)


def note_read(change: Change, entries: Iterable[Entry], error: Refusal) -> None:
    """Plan that what these rows stand for has been read, from now on where it was not before; badges stay (MSG-4).

    The commit fails with `error` when one of them isn't there any more.
    """
    for entry in entries:
        first = EntryRow.read_at.set(EntryRow.read_at | change.now)
        change.update(EntryRow(*entry_key(entry.mailbox_id, entry.box, entry.message_id)), [first], None, error)


def remove_entry(change: Change, entry: Entry, error: Refusal) -> None:
    """Plan that a row goes, and its mailbox's badge with it where it counts (MSG-9).

    The commit fails with `error` when the row is no longer as `entry` says, for one if it has been read meanwhile.
    """
    change.delete(entry_row(entry), _unchanged(entry), error)
    if counts(entry):
        counters.count(change, entry.mailbox_id, -1)


def delete_entry(change: Change, entry: Entry, error: Refusal) -> None:
    """Plan that a row goes, read or not, and its mailbox's badge with it where it counts (MSG-10).

    The commit fails with `error` when the row is no longer as `entry` says.
    """
    change.delete(entry_row(entry), EntryRow.pk.exists() & _unchanged(entry), error)
    if counts(entry):
        counters.count(change, entry.mailbox_id, -1)


def require_none(change: Change, mailbox_id: str, message_id: str, error: Refusal) -> None:
    """Require that a mailbox has no row of a received message, in no box. Otherwise the commit fails with `error`."""
    for key in received_keys(mailbox_id, message_id):
        change.check(EntryRow(*key), EntryRow.pk.does_not_exist(), error)


def _unchanged(entry: Entry) -> Condition:
    marked = EntryRow.status.does_not_exist() if entry.status is None else EntryRow.status == entry.status
    # Read between: what moves to another box must not lose that it was read.
    read = EntryRow.read_at.does_not_exist() if entry.read_at is None else EntryRow.read_at.exists()
    condition: Condition = (EntryRow.unread == entry.unread) & marked & read
    return condition


def _steps(entry: Entry) -> list[Action]:
    """What of a row changes while it stays in its box."""
    steps: list[Action] = [EntryRow.unread.set(entry.unread)]
    steps.append(EntryRow.status.remove() if entry.status is None else EntryRow.status.set(entry.status))
    if entry.read_at is not None:
        steps.append(EntryRow.read_at.set(entry.read_at))
    return steps
