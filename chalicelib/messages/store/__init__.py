"""Items of messages and threads in the mail table (docs/data-model.md).

A message's id sorts by the time it was sent, so boxes and threads are in order by key.
"""

import msgspec
from pynamodb.attributes import NumberAttribute, UnicodeAttribute, UnicodeSetAttribute, UTCDateTimeAttribute
from pynamodb.expressions.update import Action

from chalicelib.core import cursors
from chalicelib.core.change import Change
from chalicelib.core.errors import Conflict, NotFound, Refusal
from chalicelib.core.tables import AgingRow
from chalicelib.messages.domain import PAGE, Message, may_read
from chalicelib.messages.store import ages, boxes

# Of a page of a thread, as UTF-8. Lambda answers with 6 MB at most, and its runtime escapes what is not ASCII, which
# then takes up to three times as much.
_MOST_BYTES = 1_500_000


class MessageRow(AgingRow, discriminator="message"):
    """pk `THREAD#<thread id>`, sk `MESSAGE#<message id>`. What was sent is one JSON document, read whole."""

    document = UnicodeAttribute()
    withdrawn_at = UTCDateTimeAttribute(null=True)
    withdrawn_from = UnicodeSetAttribute(null=True)
    withdrawn_by = UnicodeAttribute(null=True)
    forwards = NumberAttribute(null=True)
    """How often it was forwarded: whoever deletes it sees whether its files were taken along meanwhile (MSG-10)."""


def message_row(message: Message) -> MessageRow:
    """The item of a message."""
    return MessageRow(
        f"THREAD#{message.thread_id}",
        f"MESSAGE#{message.id}",
        document=msgspec.json.encode(message).decode(),
        age=ages.age(message.sent_at, message.id),
        aged_at=ages.aged_at(message.sent_at, message.id),
    )


def _message(row: MessageRow) -> Message:
    whose = frozenset(row.withdrawn_from or ())
    message = msgspec.json.decode(row.document, type=Message)
    return msgspec.structs.replace(
        message, withdrawn_at=row.withdrawn_at, withdrawn_from=whose, withdrawn_by=row.withdrawn_by
    )


def withdraw(change: Change, message: Message, *, mailbox_ids: set[str] | None = None, work_id: str = "") -> None:
    """Plan that a message is withdrawn from these mailboxes, or by a long work from all that had not read it.

    Done before, it is Conflict `already_withdrawn`.
    """
    actions: list[Action] = [MessageRow.withdrawn_at.set(change.now)]
    if mailbox_ids:
        actions.append(MessageRow.withdrawn_from.set(mailbox_ids))
    if work_id:
        actions.append(MessageRow.withdrawn_by.set(work_id))
    once = MessageRow.pk.exists() & MessageRow.withdrawn_at.does_not_exist()
    change.update(message_row(message), actions, once, Conflict("already_withdrawn"))


def note_forward(change: Change, message: Message) -> None:
    """Plan that a message is forwarded, with its files. The commit raises NotFound when it was deleted meanwhile."""
    change.update(message_row(message), [MessageRow.forwards.add(1)], MessageRow.pk.exists(), NotFound())


def for_the_record(thread_id: str, after_id: str, most: int = PAGE) -> list[Message]:
    """The next messages of a thread, oldest first, whoever may read them: for exports that are recorded (MSG-10)."""
    rows = MessageRow.query(
        f"THREAD#{thread_id}",
        MessageRow.sk.between(f"MESSAGE#{after_id}!", "MESSAGE#~"),
        consistent_read=True,
        limit=most,
        page_size=most,
    )
    return [_message(row) for row in rows]


class Kept(msgspec.Struct, frozen=True):
    """A message as it is stored."""

    message: Message
    document: str
    forwards: int


def kept(pk: str, sk: str) -> Kept | None:
    """The message with a key; None when there is none."""
    try:
        row = MessageRow.get(pk, sk, consistent_read=True)
    except MessageRow.DoesNotExist:
        return None
    return Kept(_message(row), row.document, int(row.forwards or 0))


def remove(change: Change, read: Kept, error: Refusal) -> None:
    """Plan that a message goes (MSG-10); `error` when it is gone, was forwarded or withdrawn since it was read."""
    row = MessageRow
    forwards = row.forwards == read.forwards if read.forwards else row.forwards.does_not_exist()
    withdrawn = row.withdrawn_at.exists() if read.message.withdrawn_at else row.withdrawn_at.does_not_exist()
    change.delete(message_row(read.message), row.pk.exists() & forwards & withdrawn, error)


def others_readable(message: Message, mailbox_id: str) -> bool:
    """Whether a department may read anything else in the thread of a message; the newest are looked at first."""
    rows = MessageRow.query(
        f"THREAD#{message.thread_id}",
        MessageRow.sk.startswith("MESSAGE#"),
        scan_index_forward=False,
        consistent_read=True,
        page_size=3,
    )
    others = (_message(row) for row in rows)
    return any(readable_by(mailbox_id, [each]) for each in others if each.id != message.id)


def has_messages(thread_id: str) -> bool:
    """Whether there is a thread."""
    rows = MessageRow.query(
        f"THREAD#{thread_id}", MessageRow.sk.startswith("MESSAGE#"), consistent_read=True, limit=1, page_size=1
    )
    return any(True for _ in rows)


def require_not_withdrawn(change: Change, message: Message, error: Refusal) -> None:
    """Plan nothing, but let the commit fail with `error` when a message was withdrawn meanwhile."""
    change.check(message_row(message), MessageRow.withdrawn_at.does_not_exist(), error)


def message(thread_id: str, message_id: str) -> Message | None:
    """One message; None when there is none."""
    try:
        return _message(MessageRow.get(f"THREAD#{thread_id}", f"MESSAGE#{message_id}", consistent_read=True))
    except MessageRow.DoesNotExist:
        return None


def thread_page(reader_id: str, thread_id: str, mailbox_id: str, cursor: str | None) -> cursors.Page[Message]:
    """The messages of a thread that a mailbox may read, newest first; cursors are good for this reader only.

    A page has PAGE messages, or fewer that are so long that no more of them fit into an answer.
    """
    scope = ("thread", reader_id, mailbox_id, thread_id)
    rows = MessageRow.query(
        f"THREAD#{thread_id}",
        MessageRow.sk.startswith("MESSAGE#"),
        scan_index_forward=False,
        consistent_read=True,
        last_evaluated_key=_start(cursor, scope),
        page_size=PAGE + 1,
    )
    found: list[Message] = []
    room = _MOST_BYTES
    for answer in rows.page_iter:
        there = [_message(MessageRow.from_raw_data(item)) for item in answer["Items"]]
        for message in readable_by(mailbox_id, there):
            room -= len(msgspec.json.encode(message))
            if found and (len(found) == PAGE or room < 0):
                last = {"pk": f"THREAD#{thread_id}", "sk": f"MESSAGE#{found[-1].id}"}
                return cursors.Page(found, cursors.seal(last, scope))
            found.append(message)
    return cursors.Page(found)


def readable_by(mailbox_id: str, messages: list[Message]) -> list[Message]:
    """Those of some messages that a mailbox may read; at most 50. Its rows are read only where they tell."""
    unsure = [each.id for each in messages if each.is_by_row and not may_read(each, mailbox_id)]
    filed = boxes.received_entries(mailbox_id, unsure)
    return [each for each in messages if may_read(each, mailbox_id, filed.get(each.id))]


def _start(cursor: str | None, scope: tuple[str, ...]) -> dict[str, dict[str, str]] | None:
    if not cursor:
        return None
    return {name: {"S": value} for name, value in cursors.open_(cursor, scope).items()}
