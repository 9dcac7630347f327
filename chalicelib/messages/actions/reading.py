"""Opening threads and files (MSG-5, MSG-8, MSG-10)."""

from collections.abc import Iterator
from datetime import datetime

from chalicelib.attachments import buckets
from chalicelib.core import change, cursors
from chalicelib.core.access import Actor
from chalicelib.core.change import Change
from chalicelib.core.errors import NotFound
from chalicelib.core.journal import Entry as Record
from chalicelib.messages import recipients, store
from chalicelib.messages.actions import conversations
from chalicelib.messages.domain import Message

# Records of a print in one transaction; each tells of a page of messages.
_PAGES_AT_ONCE = 50


def open_thread(
    actor: Actor, mailbox_id: str, thread_id: str, cursor: str | None, now: datetime
) -> cursors.Page[Message]:
    """The messages of a thread that the mailbox may read, newest first; leaves an audit record (MSG-10)."""
    recipients.mailbox(actor, mailbox_id)
    page = store.thread_page(actor.id, thread_id, mailbox_id, cursor)
    if not page.items:
        raise NotFound
    record = _seen("message.opened", mailbox_id, page.items)
    if cursor is None:
        conversations.note_opened(actor, mailbox_id, thread_id, record, now)
    else:
        change.note(actor, record, now)
    return page


def _seen(action: str, mailbox_id: str, messages: list[Message]) -> Record:
    return Record(
        action=action,
        object_id=messages[0].thread_id,
        organization_id=messages[0].organization_id,
        after={"mailbox": mailbox_id, "messages": [message.id for message in messages]},
    )


def print_thread(actor: Actor, mailbox_id: str, thread_id: str, now: datetime) -> None:
    """Leave audit records of a print of all messages of a thread that the mailbox may read, a page each (MSG-10).

    Raises NotFound when there are none.
    """
    recipients.mailbox(actor, mailbox_id)
    printing: Change | None = None
    for number, page in enumerate(_pages(actor, mailbox_id, thread_id)):
        record = _seen("message.printed", mailbox_id, page)
        if printing is not None and number % _PAGES_AT_ONCE:
            printing.record(record)
            continue
        if printing is not None:
            printing.commit(None)
        printing = Change(actor, record, now)
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
    message = readable(mailbox_id, thread_id, message_id)
    for attachment in message.attachments:
        if attachment.id == attachment_id:
            record = Record(
                action="attachment.downloaded",
                object_id=attachment_id,
                organization_id=message.organization_id,
                after={"mailbox": mailbox_id, "message": message_id},
            )
            change.note(actor, record, now)
            return buckets.link(attachment)
    raise NotFound


def readable(mailbox_id: str, thread_id: str, message_id: str) -> Message:
    """A message the mailbox may read. Raises NotFound otherwise."""
    message = store.message(thread_id, message_id)
    if message is None or not store.readable_by(mailbox_id, [message]):
        raise NotFound
    return message
