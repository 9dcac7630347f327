"""Opening threads and files (MSG-5, MSG-8, MSG-10)."""

from datetime import datetime

from chalicelib.attachments import buckets
from chalicelib.core import change, cursors
from chalicelib.core.access import Actor
from chalicelib.core.errors import NotFound
from chalicelib.core.journal import Entry as Record
from chalicelib.messages import domain, recipients, store
from chalicelib.messages.domain import Message


def open_thread(
    actor: Actor, mailbox_id: str, thread_id: str, cursor: str | None, now: datetime
) -> cursors.Page[Message]:
    """The messages of a thread that the mailbox may read, newest first; leaves an audit record (MSG-10)."""
    recipients.mailbox(actor, mailbox_id)
    page = store.thread_page(actor.id, thread_id, mailbox_id, cursor)
    if not page.items:
        raise NotFound
    record = Record(
        action="message.opened",
        object_id=thread_id,
        organization_id=page.items[0].organization_id,
        after={"mailbox": mailbox_id, "messages": [message.id for message in page.items]},
    )
    change.note(actor, record, now)
    return page


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
    if message is None or not domain.may_read(message, mailbox_id):
        raise NotFound
    return message
