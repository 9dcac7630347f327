"""Opening threads and files (MSG-5, MSG-8, MSG-10)."""

from collections.abc import Iterator
from datetime import datetime

import msgspec

from chalicelib.attachments import buckets
from chalicelib.core import change, cursors
from chalicelib.core.access import Actor
from chalicelib.core.change import Change
from chalicelib.core.errors import NotFound
from chalicelib.core.journal import Entry as Record
from chalicelib.core.outrun import Outrun, until_kept
from chalicelib.messages import recipients, store
from chalicelib.messages.actions import conversations
from chalicelib.messages.domain import Entry, Message
from chalicelib.messages.store import boxes, received


class Opened(msgspec.Struct, frozen=True):
    """A page of a thread, and what the mailbox did with its messages."""

    page: cursors.Page[Message]
    filed: dict[str, Entry]
    """Rows of those that it received, by message id."""
    reported: frozenset[str]
    """Ids of those that reached it in error, as it said (MSG-5)."""


def open_thread(actor: Actor, mailbox_id: str, thread_id: str, cursor: str | None, now: datetime) -> Opened:
    """The messages of a thread that the mailbox may read, newest first; leaves an audit record (MSG-10).

    They have been read from then on (MSG-7, MSG-9): none is shown that is withdrawn at the same moment as unread.
    """
    recipients.mailbox(actor, mailbox_id)
    return until_kept(lambda: _open(actor, mailbox_id, thread_id, cursor, now))


def _open(actor: Actor, mailbox_id: str, thread_id: str, cursor: str | None, now: datetime) -> Opened:
    page = store.thread_page(actor.id, thread_id, mailbox_id, cursor)
    if not page.items:
        raise NotFound
    filed, reported = received.around(mailbox_id, _received(mailbox_id, page.items))
    record = _seen("message.opened", mailbox_id, page.items)
    opening = Change(actor, record, now)
    news = _note_read(opening, mailbox_id, page.items, filed)
    if cursor is None:
        news = conversations.note_opened(opening, mailbox_id, thread_id) or news
    if news:
        opening.commit(None)
    else:
        change.note(actor, record, now)
    return Opened(page, filed, reported)


def note_read(planned: Change, mailbox_id: str, message: Message) -> bool:
    """Plan that a mailbox has read a message with which it does something; whether that is new.

    It or the commit raises Outrun when the message is withdrawn at this moment, so it goes through `until_kept`.
    """
    return _note_read(planned, mailbox_id, [message], _filed(mailbox_id, [message]))


def _filed(mailbox_id: str, messages: list[Message]) -> dict[str, Entry]:
    return boxes.received_entries(mailbox_id, _received(mailbox_id, messages))


def _received(mailbox_id: str, messages: list[Message]) -> list[str]:
    """Ids of those of some messages that it may read which came to a mailbox, also from itself."""
    return [
        message.id
        for message in messages
        if message.sender.id != mailbox_id or any(party.id == mailbox_id for party in message.recipients)
    ]


def _note_read(planned: Change, mailbox_id: str, messages: list[Message], filed: dict[str, Entry]) -> bool:
    # Who wrote to themself has it anyway.
    if any(message.id not in filed and message.sender.id != mailbox_id for message in messages):
        raise Outrun
    new = [entry for entry in filed.values() if entry.read_at is None]
    boxes.note_read(planned, new, Outrun())
    firsts = {entry.message_id for entry in new}
    for message in messages:
        # A long work that withdraws it takes its row later on.
        if message.id in firsts and message.distribution is not None and message.withdrawn_at is None:
            store.require_not_withdrawn(planned, message, Outrun())
    return bool(new)


def _seen(action: str, mailbox_id: str, messages: list[Message]) -> Record:
    return Record(
        action=action,
        object_id=messages[0].thread_id,
        organization_id=messages[0].organization_id,
        after={"mailbox": mailbox_id, "messages": [message.id for message in messages]},
    )


def print_thread(actor: Actor, mailbox_id: str, thread_id: str, now: datetime) -> None:
    """Leave audit records of a print of all messages of a thread that the mailbox may read, a page each (MSG-10).

    They have been read from then on. Raises NotFound when there are none.
    """
    recipients.mailbox(actor, mailbox_id)
    until_kept(lambda: _print(actor, mailbox_id, thread_id, now))


def _print(actor: Actor, mailbox_id: str, thread_id: str, now: datetime) -> None:
    printing: Change | None = None
    for page in _pages(actor, mailbox_id, thread_id):
        record = _seen("message.printed", mailbox_id, page)
        if printing is None:
            printing = Change(actor, record, now)
        elif printing.room > 2 * len(page):
            printing.record(record)
        else:
            printing.commit(None)
            printing = Change(actor, record, now)
        _note_read(printing, mailbox_id, page, _filed(mailbox_id, page))
    if printing is None:
        raise NotFound
    printing.commit(None)


def _pages(actor: Actor, mailbox_id: str, thread_id: str) -> Iterator[list[Message]]:
    cursor = None
    while True:
        page = store.thread_page(actor.id, thread_id, mailbox_id, cursor)
        if page.items:
            yield page.items
        cursor = page.next_cursor
        if not cursor:
            return


def attachment_link(
    actor: Actor, mailbox_id: str, thread_id: str, message_id: str, attachment_id: str, now: datetime
) -> str:
    """A short-lived address for a file of a message the mailbox may read now (S-AZ-11); leaves an audit record."""
    recipients.mailbox(actor, mailbox_id)
    return until_kept(lambda: _link(actor, mailbox_id, thread_id, message_id, attachment_id, now))


def _link(actor: Actor, mailbox_id: str, thread_id: str, message_id: str, attachment_id: str, now: datetime) -> str:
    message = readable(mailbox_id, thread_id, message_id)
    for attachment in message.attachments:
        if attachment.id == attachment_id:
            record = Record(
                action="attachment.downloaded",
                object_id=attachment_id,
                organization_id=message.organization_id,
                after={"mailbox": mailbox_id, "message": message_id},
            )
            downloading = Change(actor, record, now)
            if note_read(downloading, mailbox_id, message):
                downloading.commit(None)
            else:
                change.note(actor, record, now)
            return buckets.link(attachment)
    raise NotFound


def readable(mailbox_id: str, thread_id: str, message_id: str) -> Message:
    """A message the mailbox may read. Raises NotFound otherwise."""
    message = store.message(thread_id, message_id)
    if message is None or not store.readable_by(mailbox_id, [message]):
        raise NotFound
    return message
