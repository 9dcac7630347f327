"""Reading a thread (MSG-5), downloading its files (MSG-8)."""

from datetime import datetime

import msgspec

from chalicelib.core.access import Actor
from chalicelib.core.answers import Named
from chalicelib.core.cursors import PageQuery
from chalicelib.core.fields import Id
from chalicelib.core.http import Routes
from chalicelib.core.presigned import LINK_SECONDS
from chalicelib.messages.actions import reading
from chalicelib.messages.domain import Box, Entry, Forwarded, Message, Party
from chalicelib.messages.routes.views import READERS
from chalicelib.organizations import store as organizations_store

routes = Routes(__name__)


class AttachmentView(msgspec.Struct):
    """A file of a message."""

    id: str
    file_name: str
    content_type: str
    size: int


class MessageView(msgspec.Struct):
    """One message of a thread."""

    id: str
    sender: Party = msgspec.field(name="from")
    to: tuple[Party, ...]
    cc: tuple[Party, ...]
    text: str
    urgent: bool
    sent_at: datetime
    box: Box
    unread: bool
    attachments: list[AttachmentView]
    forwarded: tuple[Forwarded, ...]
    """What it forwards, newest first."""
    withdrawn_at: datetime | None
    """When its sender withdrew it from those who had not read it."""
    reported: bool
    """Whether this mailbox told the plan that it came here in error."""


class ThreadView(msgspec.Struct):
    """A page of a thread, newest first."""

    thread_id: str
    subject: str
    organization: Named | None
    messages: list[MessageView]
    next_cursor: str | None


class LinkView(msgspec.Struct):
    """An address that downloads a file, for `expires_in` seconds."""

    url: str
    expires_in: int


@routes.route(
    "/mailboxes/{mailbox_id}/threads/{thread_id}",
    method="GET",
    who=READERS,
    summary="Open a thread",
    errors=((400, "bad_cursor"),),
)
def open_thread(actor: Actor, mailbox_id: Id, thread_id: Id, query: PageQuery, now: datetime) -> ThreadView:
    """The messages this mailbox may read; leaves an audit record, and its sender sees that it was read (MSG-7)."""
    opened = reading.open_thread(actor, mailbox_id, thread_id, query.cursor, now)
    page = opened.page
    organization_id = page.items[0].organization_id
    organization = organizations_store.organization(organization_id) if organization_id else None
    return ThreadView(
        thread_id=thread_id,
        subject=page.items[0].subject,
        organization=Named(organization.id, organization.name) if organization else None,
        messages=[
            _message(message, opened.filed.get(message.id), reported=message.id in opened.reported)
            for message in page.items
        ],
        next_cursor=page.next_cursor,
    )


@routes.route(
    "/mailboxes/{mailbox_id}/threads/{thread_id}/messages/{message_id}/attachments/{attachment_id}",
    method="GET",
    who=READERS,
    summary="An address to download a file from",
)
def attachment_link(
    actor: Actor, mailbox_id: Id, thread_id: Id, message_id: Id, attachment_id: Id, now: datetime
) -> LinkView:
    """Granted anew each time; leaves an audit record (MSG-8)."""
    url = reading.attachment_link(actor, mailbox_id, thread_id, message_id, attachment_id, now)
    return LinkView(url, LINK_SECONDS)


@routes.route(
    "/mailboxes/{mailbox_id}/threads/{thread_id}/prints",
    method="POST",
    who=READERS,
    summary="Tell that a thread is printed",
    status=204,
)
def print_thread(actor: Actor, mailbox_id: Id, thread_id: Id, now: datetime) -> None:
    """Leaves an audit record of all messages of the thread that this mailbox may read."""
    reading.print_thread(actor, mailbox_id, thread_id, now)


def _message(message: Message, filed: Entry | None, *, reported: bool) -> MessageView:
    return MessageView(
        id=message.id,
        sender=message.sender,
        to=message.to,
        cc=message.cc,
        text=message.text,
        urgent=message.urgent,
        sent_at=message.sent_at,
        box=filed.box if filed else "sent",
        unread=filed.unread if filed else False,
        attachments=[
            AttachmentView(file.id, file.file_name, file.content_type, file.size) for file in message.attachments
        ],
        forwarded=message.forwarded,
        withdrawn_at=message.withdrawn_at,
        reported=reported,
    )
