"""Notes of agents on their conversations (MSG-6; docs/data-model.md)."""

from collections.abc import Iterator

from pynamodb.attributes import UnicodeAttribute, UTCDateTimeAttribute

from chalicelib.core import cursors
from chalicelib.core.change import Change
from chalicelib.core.tables import MailRow
from chalicelib.messages.domain import PAGE
from chalicelib.messages.domain.conversations import Note


class NoteRow(MailRow, discriminator="note"):
    """pk `NOTES#<department id>#<thread id>`, sk `<note id>`, which sorts by time."""

    user_id = UnicodeAttribute()
    name = UnicodeAttribute()
    text = UnicodeAttribute()
    at = UTCDateTimeAttribute()


def row(mailbox_id: str, thread_id: str, note: Note) -> NoteRow:
    """The item of a note."""
    return NoteRow(
        f"NOTES#{mailbox_id}#{thread_id}", note.id, user_id=note.user_id, name=note.name, text=note.text, at=note.at
    )


def remove(change: Change, mailbox_id: str, thread_id: str, note: Note) -> None:
    """Plan that a note goes with its conversation (MSG-10)."""
    change.delete(NoteRow(f"NOTES#{mailbox_id}#{thread_id}", note.id))


def all_of(mailbox_id: str, thread_id: str) -> Iterator[Note]:
    """All notes of a conversation, oldest first."""
    for one in NoteRow.query(f"NOTES#{mailbox_id}#{thread_id}", consistent_read=True):
        yield Note(id=one.sk, user_id=one.user_id, name=one.name, text=one.text, at=one.at)


def page(mailbox_id: str, thread_id: str, cursor: str | None, reader_id: str) -> cursors.Page[Note]:
    """A page of a conversation's notes, newest first: one query that reads a row more than it shows."""
    scope = ("notes", reader_id, mailbox_id, thread_id)
    pk = f"NOTES#{mailbox_id}#{thread_id}"
    start = cursors.open_(cursor, scope) if cursor else None
    rows = NoteRow.query(
        pk,
        scan_index_forward=False,
        consistent_read=True,
        limit=PAGE + 1,
        page_size=PAGE + 1,
        last_evaluated_key={part: {"S": value} for part, value in start.items()} if start else None,
    )
    found = [Note(id=one.sk, user_id=one.user_id, name=one.name, text=one.text, at=one.at) for one in rows]
    if len(found) <= PAGE:
        return cursors.Page(found)
    return cursors.Page(found[:PAGE], cursors.seal({"pk": pk, "sk": found[PAGE - 1].id}, scope))
